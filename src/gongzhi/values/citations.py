"""A citation names the text and the article a value or a rule comes from."""

from dataclasses import dataclass

from .numerals import articles_in_words


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """One article of one instrument, e.g. 《中华人民共和国民法典》第947条."""

    instrument: str
    article: str = ""

    def __str__(self) -> str:
        return f"《{self.instrument.strip('《》')}》{self.article}"

    def in_words(self) -> str:
        """As a letter cites it: 《中华人民共和国民法典》第九百四十七条."""
        return articles_in_words(str(self))

    def as_json(self) -> dict[str, str]:
        """The public shape, as `interfaces.md` fixes it."""
        return {"instrument": self.instrument, "article": self.article}
