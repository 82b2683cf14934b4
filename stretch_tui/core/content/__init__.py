"""What can be stretched and how much: stretches, doses, routines, the catalog and finding in it."""
