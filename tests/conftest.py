"""Being here puts this folder on the path: what several rooms test with is imported from it."""

from hypothesis import HealthCheck, settings

# How fast examples are made says how busy the machine is, nothing about the program.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
