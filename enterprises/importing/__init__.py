"""How the register of enterprises, and what is kept beside it, read a workbook."""

from enterprises.importing.beside import BesideImporter
from enterprises.importing.former_names import FormerNameImporter
from enterprises.importing.listings import ListingImporter
from enterprises.importing.penalties import PenaltyImporter
from enterprises.importing.permits import PermitImporter
from enterprises.importing.register import EnterpriseImporter
from shuangsuiji.imports.registry import Importer, register_importer

BESIDE: dict[str, type[BesideImporter]] = {
    importer.register: importer for importer in (PermitImporter, ListingImporter, FormerNameImporter, PenaltyImporter)
}
"""What is kept beside an enterprise, by its name in the address."""

# In the order in which people find them.
_ALL: tuple[type[Importer], ...] = (EnterpriseImporter, *BESIDE.values())
for importer in _ALL:
    register_importer(importer)

__all__ = ["BESIDE", "EnterpriseImporter", "FormerNameImporter", "ListingImporter", "PenaltyImporter", "PermitImporter"]
