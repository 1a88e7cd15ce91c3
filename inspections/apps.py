from functools import partial
from importlib import import_module

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "inspections"
    label = "inspections"
    verbose_name = "检查"

    def ready(self) -> None:
        from draws.selectors.plans import register_visit_reader
        from draws.services.after_drawing import register_amended_hook, register_drawn_hook
        from inspectors.hooks import register_workload
        from shuangsuiji.documents.policies import register_reading, register_visibility, register_withdrawal

        import_module("inspections.documents")
        subjects = import_module("inspections.selectors.subjects")
        for kind in subjects.NUMBERS:
            import_module("shuangsuiji.audit.details").register_subject_name(kind, partial(subjects.number_of, kind))
        register_visibility("task", import_module("inspections.policies").may_see_document)
        register_visibility("case", import_module("inspections.policies.cases").may_see_case_document)
        register_withdrawal("case", import_module("inspections.policies.withdrawing").is_paper_withdrawn)
        services = import_module("inspections.services")
        for subject_kind in ("task", "case"):
            register_reading(subject_kind, import_module("inspections.services.openings").read_paper)
        register_drawn_hook(services.create_tasks)
        register_amended_hook(services.follow_amendment)
        register_workload(import_module("inspections.selectors.workload").visits_made)
        register_visit_reader(import_module("inspections.selectors.plan_progress").count_finished_visits)
