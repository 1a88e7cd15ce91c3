"""How experts did on visits."""

from __future__ import annotations

import datetime

from inspectors.models import Expert, ExpertEvaluation
from inspectors.policies import check_may_evaluate
from inspectors.services.people import target_of
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import authored
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal


@authored
def record_evaluation(
    expert_pk: int, *, task_key: str, visited_on: datetime.date, score: int, by: User | None, comment: str = ""
) -> ExpertEvaluation:
    """Evaluate an expert after a visit, 1 (poor) to 5 (excellent); given again, it replaces the former. Audited.

    Whether `by` was on that visit is for the room of the visits to check.
    """
    check_may_evaluate(by)
    if not 1 <= score <= ExpertEvaluation.BEST:
        raise Refusal(f"评分应在 1 至 {ExpertEvaluation.BEST} 之间。", field="score")
    expert = Expert.objects.select_for_update(of=("self",)).get(pk=expert_pk)
    values = {"visited_on": visited_on, "score": score, "comment": comment.strip()}
    former = expert.evaluations.filter(task_key=task_key).first()
    if former and all(getattr(former, name) == value for name, value in values.items()):
        return former
    evaluation, _ = ExpertEvaluation.objects.update_or_create(expert=expert, task_key=task_key, defaults=values)
    record("expert.evaluated", by=by, target=target_of(expert), task=task_key, score=score)
    return evaluation
