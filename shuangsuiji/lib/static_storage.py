"""Static files under names that carry their content's hash, our own modules' imports included."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

_OUR_MODULES = ("js/*.js", "vendor/noble-hashes-*/*.js")


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites `import … from "./x.js"` too, so a new release never meets an old module in a cache.

    Only in our own modules: an app's bundled script may hold words that look like imports.
    """

    support_js_module_import_aggregation = True
    # Each import of a module that comes later in the alphabet costs a pass; five are too few for a long chain.
    max_post_process_passes = 12

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        scripts = self._patterns.pop("*.js")
        self._patterns |= dict.fromkeys(_OUR_MODULES, scripts)
