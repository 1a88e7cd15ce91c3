import pytest
from tests.factories.inspections import *

pytestmark = pytest.mark.django_db

def test_way():
    check = make_rendered(failed=1, photos=2)
    d = check.task.dossier
    print(d.state, d.page_count, d.last_error, d.catalogue)
    services.mark_results_public(check.task)
    services.lock_dossier(d, by=check.clerk)
    d.refresh_from_db(); print(d.archive_number, d.state)
