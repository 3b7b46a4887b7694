"""Words that nobody else may meet: they are typed in a journey, and looked for in whatever reaches anybody else."""


class Private:
    """The private words of a journey, and the pages that somebody saw who may read none of them."""

    def __init__(self):
        self.words, self.seen = [], []

    def word(self, text):
        """A text that is typed into a private field."""
        self.words.append(text)
        return text

    def watch(self, walk):
        """Keep every page that this walk looks over from now on."""
        check = walk.check

        def look():
            check()
            self.keep(walk)

        walk.check = look
        return walk

    def keep(self, walk):
        """This page, as it stands."""
        self.seen.append((walk.page.url, walk.page.content()))

    def assert_unseen(self, mails=()):
        """None of them was on a page of hers, nor in any mail of anybody."""
        assert self.words and self.seen
        found = [(word, where) for word in self.words for where, text in self.seen if word in text]
        found += [(word, mail["Subject"]) for word in self.words for mail in mails if word in mail.as_string()]
        assert not found, found
