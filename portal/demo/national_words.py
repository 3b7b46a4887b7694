"""What a nation says: names, places, titles and texts, put together from parts by a seeded hand."""

import tomllib
from pathlib import Path
from random import Random

from portal.web import prose

SAID = tomllib.loads(Path(__file__).with_name("national_words.toml").read_text(encoding="utf-8"))
FIRST = SAID["first"].split()
MINUTES = (20, 25, 30, 40, 45, 50, 60, 75, 90, 100)
PARAGRAPHS = 4000


class Words:
    """A seeded mouth. Paragraphs are made once with their HTML: posts are put together from them."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.places = [head + tail for head in SAID["head"].split() for tail in SAID["tail"].split()]
        random.shuffle(self.places)
        self.paragraphs: list[tuple[str, str]] = []
        for _number in range(PARAGRAPHS):
            text = self.paragraph()
            self.paragraphs.append((text, str(prose.render(text))))

    def place(self) -> str:
        return self.random.choice(self.places)

    def name(self) -> str:
        return f"{self.random.choice(FIRST)} {self.place()}"

    def school(self) -> tuple[str, str]:
        """A name and the place where it stands."""
        return f"{self.place()} {self.random.choice(SAID['kinds'])}", self.random.choice(self.places[:400])

    def title(self) -> str:
        title = self.fill(self.random.choice(SAID["titles"]))
        return title[0].upper() + title[1:]

    def thing(self) -> str:
        thing = self.random.choice(SAID["things"]).removeprefix("the ").removeprefix("a ").removeprefix("an ")
        return f"{thing[0].upper()}{thing[1:]}, the {self.place()} way"

    def sentence(self) -> str:
        return self.fill(self.random.choice(SAID["middles"]))

    def paragraph(self) -> str:
        middles = self.random.sample(SAID["middles"], self.random.randint(1, 3))
        parts = [self.random.choice(SAID["openings"]), *middles, self.random.choice(SAID["ends"])]
        return " ".join(self.fill(part) for part in parts)

    def text(self) -> tuple[str, str]:
        """One to three paragraphs as typed, and their HTML."""
        chosen = [self.random.choice(self.paragraphs) for _number in range(self.random.choice((1, 1, 2, 2, 3)))]
        return "\n\n".join(text for text, _html in chosen), "\n".join(html for _text, html in chosen)

    def fill(self, pattern: str) -> str:
        choose = self.random.choice
        return pattern.format(
            thing=choose(SAID["things"]),
            group=choose(SAID["classes"]),
            place=choose(self.places),
            minutes=choose(MINUTES),
            number=self.random.randint(3, 40),
        )
