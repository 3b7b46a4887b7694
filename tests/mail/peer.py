"""The other side: a small mail server in a thread that answers as a test tells it to."""

import socket
import socketserver
import threading
from contextlib import contextmanager


class Letterbox(socketserver.ThreadingTCPServer):
    """Speaks just enough SMTP. ``answers`` maps a word ("RCPT", "DATA", ".", "EHLO" …) to what is said instead of 250.

    An answer may be a function of the line; an empty one ends the connection without a word.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.received, self.answers, self.calls, self.lines = [], {}, 0, []

    def handle_error(self, request, client_address):
        """A client that is gone is no news."""


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.calls += 1
        if not self.say(self.answer("CONNECT", b"", b"220 here")):
            return
        for line in self.rfile:
            word = line.strip().upper()[:4].decode("ascii", "replace")
            self.server.lines.append(line)
            if not self.say(self.answer(word, line, b"354 go on" if word == "DATA" else b"250 well")):
                return
            if word == "DATA" and not self.take():
                return
            if word == "QUIT":
                return

    def take(self):
        if "DATA" in self.server.answers:
            return True
        content = b"".join(iter(self.rfile.readline, b".\r\n"))
        said = self.answer(".", content, b"250 taken")
        if said.startswith(b"250"):
            self.server.received.append(content)
        return self.say(said)

    def answer(self, word, line, usual):
        said = self.server.answers.get(word, usual)
        return said(line) if callable(said) else said

    def say(self, words):
        if words:
            self.wfile.write(words + b"\r\n")
        return bool(words)


def free_port():
    """A port at which nobody listens just now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
