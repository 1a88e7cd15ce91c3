"""From the drawn task to the dossier: plan of the visit, record, evidence, order, volume."""

from inspections.models.approval import CheckApproval
from inspections.models.case import Case, CaseHandler, CaseRecusal, CaseStep
from inspections.models.delivery import Delivery, Payment
from inspections.models.dossier import Dossier, DossierBatch
from inspections.models.filed import CheckDocument
from inspections.models.handling import HandlingDecision, HandlingDraft, HandlingDraftResult, HandlingResult
from inspections.models.opening import DossierOpening, DossierReading
from inspections.models.order import Order, OrderPoint, Reinspection, ReinspectionPoint
from inspections.models.proposal import Proposal
from inspections.models.record import Evidence, EvidenceSetAside, ItemResult, SiteRecord
from inspections.models.rectification import RectificationPhoto, RectificationReport
from inspections.models.revisit import Revisit, RevisitPoint
from inspections.models.scan import SignedScan
from inspections.models.site import NOT_FOUND, ExpertOpinion, Measurement, Signature, SiteCode
from inspections.models.task import Scheme, Task
from inspections.models.work import WorkEntry

__all__ = [
    "NOT_FOUND",
    "Case",
    "CaseHandler",
    "CaseRecusal",
    "CaseStep",
    "CheckApproval",
    "CheckDocument",
    "Delivery",
    "Dossier",
    "DossierBatch",
    "DossierOpening",
    "DossierReading",
    "Evidence",
    "EvidenceSetAside",
    "ExpertOpinion",
    "HandlingDecision",
    "HandlingDraft",
    "HandlingDraftResult",
    "HandlingResult",
    "ItemResult",
    "Measurement",
    "Order",
    "OrderPoint",
    "Payment",
    "Proposal",
    "RectificationPhoto",
    "RectificationReport",
    "Reinspection",
    "ReinspectionPoint",
    "Revisit",
    "RevisitPoint",
    "Scheme",
    "Signature",
    "SignedScan",
    "SiteCode",
    "SiteRecord",
    "Task",
    "WorkEntry",
]
