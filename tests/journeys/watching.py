"""What no page may do while somebody works with it, collected from every browser window of a journey."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

INLINE = ("data", "blob", "about")


class Watch:
    """Requests to elsewhere, words on the console, scripts that broke, answers that are our fault.

    A content security policy that was violated speaks on the console. Only addresses are
    kept, never a page's text: what a page says may name a real enterprise.
    """

    def __init__(self, *, site: str) -> None:
        self.site = urlsplit(site).netloc
        self.troubles: list[str] = []
        self.request_count = 0

    def over(self, context: BrowserContext) -> None:
        """Watch every page of this window from now on."""
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note("script", error.page, str(error.error)))

    def _request(self, request: Request) -> None:
        self.request_count += 1
        address = urlsplit(request.url)
        if address.scheme not in INLINE and address.netloc != self.site:
            self.troubles.append(f"a request to {address.scheme}://{address.netloc}")

    def _response(self, response: Response) -> None:
        address = urlsplit(response.url)
        is_asset = address.path.startswith("/static/")
        if response.status >= 500 or (is_asset and response.status >= 400):
            self.troubles.append(f"{response.status} from {address.path}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(message.type, message.page, message.text)

    def _note(self, kind: str, page: Page | None, text: str) -> None:
        place = urlsplit(page.url).path if page else "?"
        self.troubles.append(f"{kind} on {place}: {text[:200]}")
