"""Static files under names that carry their content's hash, modules imported by modules included."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites `import … from "./x.js"` too, so a new release never meets an old module in a cache."""

    support_js_module_import_aggregation = True
