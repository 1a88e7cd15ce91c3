"""一公开: what the public reads, the letters enterprises receive, the list of serious breaches."""

from publication.models.entry import PublicEntry
from publication.models.letter import Letter, LetterEvent, RetiredLink
from publication.models.listing import Listing, ListingDelivery
from publication.models.publication import Publication, PublicationEnterprise
from publication.models.push import PlatformPush

__all__ = [
    "Letter",
    "LetterEvent",
    "Listing",
    "ListingDelivery",
    "PlatformPush",
    "PublicEntry",
    "Publication",
    "PublicationEnterprise",
    "RetiredLink",
]
