#!/usr/bin/env python3
"""Serves a folder as a static host does: serve.py FOLDER PORT-FILE

It compresses files and sends the headers that the folder's `_headers` sets. It listens on a free
port of the loopback address, and writes the port into PORT-FILE.
"""
import fnmatch
import functools
import gzip
import http.server
import pathlib
import sys

TEXT = (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".webmanifest")


def rules(folder):
    """The rules of `_headers`: a pattern and its headers, in their order."""
    out = []
    for line in (folder / "_headers").read_text("utf-8").splitlines():
        if not line.startswith(" "):
            parts = ["*" if part.startswith(":") else part for part in line.strip().split("/")]
            out.append(("/".join(parts), []))
        elif line.strip():
            out[-1][1].append(line.strip())
    return out


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers as `_headers` says, and keeps connections open as every host does."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args, known, **rest):
        self.known = known
        super().__init__(*args, **rest)

    def send_head(self):
        path = pathlib.Path(self.translate_path(self.path.split("?")[0]))
        if path.is_dir():
            if not self.path.split("?")[0].endswith("/"):
                return super().send_head()
            path = path / "index.html"
        missing = not path.is_file()
        if missing:
            path = pathlib.Path(self.directory) / "404.html"
        body = path.read_bytes()
        self.send_response(404 if missing else 200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in TEXT and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        for name, value in self.wanted().items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                # A browser that has seen enough.
                pass
        return None

    def wanted(self):
        found = {}
        for pattern, lines in self.known:
            if fnmatch.fnmatch(self.path.split("?")[0], pattern):
                for line in lines:
                    if line.startswith("! "):
                        found.pop(line[2:], None)
                    else:
                        name, value = line.split(": ", 1)
                        found[name] = value
        return found

    def log_message(self, *_):
        pass


def main():
    folder, port_file = map(pathlib.Path, sys.argv[1:])
    handler = functools.partial(Handler, directory=str(folder), known=rules(folder))
    http.server.ThreadingHTTPServer.daemon_threads = True
    # A checker of links asks for many pages at once.
    http.server.ThreadingHTTPServer.request_queue_size = 256
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    port_file.write_text(str(server.server_address[1]))
    server.serve_forever()


if __name__ == "__main__":
    main()
