"""The shipped catalog, read once for all checks of it."""

import pytest

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.storage.content.catalog_files import load_catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    loaded = load_catalog()
    assert not loaded.problems, "\n".join(map(str, loaded.problems))
    return loaded.catalog
