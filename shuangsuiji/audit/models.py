"""The trail: what was done, by whom, to what; append-only and chained by hashes."""

from __future__ import annotations

import pgtrigger
from django.db import models


def append_only(name: str, *, against=pgtrigger.Update | pgtrigger.Delete) -> list[pgtrigger.Trigger]:
    """Triggers that refuse UPDATE, DELETE and TRUNCATE on a table; `against` names fewer."""
    return [
        pgtrigger.Protect(name=f"{name}_keep_rows", operation=against),
        pgtrigger.Trigger(
            name=f"{name}_keep_table",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
        ),
    ]


def _moves_head() -> pgtrigger.Trigger:
    """An event follows the head of the chain and becomes it; any other is refused."""
    return pgtrigger.Trigger(
        name="audit_moves_head",
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        func="""
            UPDATE audit_chainhead SET sequence = NEW.sequence, hash = NEW.hash
            WHERE sequence = NEW.sequence - 1 AND hash = NEW.previous_hash;
            IF NOT FOUND THEN
                IF NEW.sequence <> 1 OR EXISTS (SELECT 1 FROM audit_chainhead) THEN
                    RAISE EXCEPTION 'event % does not follow the head of the chain', NEW.sequence;
                END IF;
                INSERT INTO audit_chainhead (id, sequence, hash) VALUES (1, NEW.sequence, NEW.hash);
            END IF;
            RETURN NULL;
        """,
    )


def _head_grows() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="head_grows",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        func="""
            IF NEW.sequence <> OLD.sequence + 1 OR NOT EXISTS (
                SELECT 1 FROM audit_auditevent
                WHERE sequence = NEW.sequence AND hash = NEW.hash AND previous_hash = OLD.hash
            ) THEN
                RAISE EXCEPTION 'the head of the chain moves only with its next event';
            END IF;
            RETURN NEW;
        """,
    )


class AuditEvent(models.Model):
    """One event. Targets are plain text, so nothing can vanish from under them.

    `hash` covers every other column and the previous row's hash.
    """

    sequence = models.BigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间")
    actor_key = models.CharField("操作人标识", max_length=60, blank=True)
    actor_name = models.CharField("操作人", max_length=60, blank=True)
    action = models.CharField("动作", max_length=60)
    target_kind = models.CharField("对象类别", max_length=40, blank=True)
    target_key = models.CharField("对象标识", max_length=80, blank=True)
    target_label = models.CharField("对象", max_length=200, blank=True)
    is_confidential = models.BooleanField("保密", default=False)
    detail = models.JSONField("内容", default=dict)
    request_id = models.CharField("请求标识", max_length=60, blank=True)
    previous_hash = models.CharField("上一行哈希", max_length=64)
    hash = models.CharField("哈希", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["target_kind", "target_key"]),
            models.Index(fields=["action", "-sequence"]),
        ]
        triggers = [*append_only("audit"), _moves_head()]

    def __str__(self) -> str:
        return f"#{self.sequence} {self.action}"


class ChainHead(models.Model):
    """How far the chain has come: one row that only grows, by an event and by nothing else.

    Where the last events are taken out of the trail, the head still tells how many there were.
    """

    id = models.PositiveSmallIntegerField("编号", primary_key=True, default=1)
    sequence = models.BigIntegerField("末行序号")
    hash = models.CharField("链头", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "审计链头"
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="the_chain_has_one_head")]
        triggers = [*append_only("head", against=pgtrigger.Delete), _head_grows()]

    def __str__(self) -> str:
        return f"#{self.sequence} {self.hash[:8]}"


class DayLeaf(models.Model):
    """What happened on one day, as one fingerprint that is published: nobody can rewrite a day afterwards.

    `digest` is the SHA-256 of the day's file (`chain.day_text`), which names the digest of the day before.
    """

    on = models.DateField("日期", unique=True)
    first_sequence = models.BigIntegerField("首行序号")
    last_sequence = models.BigIntegerField("末行序号")
    head = models.CharField("链头", max_length=64)
    previous_digest = models.CharField("前一日指纹", max_length=64)
    digest = models.CharField("当日指纹", max_length=64, unique=True)
    noted_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计链每日指纹"
        ordering = ["-on"]
        triggers = append_only("day_leaf")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.digest[:8]}"

    @property
    def event_count(self) -> int:
        """How many events the day has."""
        return self.last_sequence - self.first_sequence + 1
