"""From the drawn task to the dossier: plan of the visit, record, evidence, order, volume."""

from inspections.models.dossier import Dossier
from inspections.models.order import Order, OrderPoint, Reinspection, ReinspectionPoint
from inspections.models.record import Evidence, ItemResult, SiteRecord
from inspections.models.task import Scheme, Task

__all__ = [
    "Dossier",
    "Evidence",
    "ItemResult",
    "Order",
    "OrderPoint",
    "Reinspection",
    "ReinspectionPoint",
    "Scheme",
    "SiteRecord",
    "Task",
]
