"""The least that a run without news could take: ``python floor.py ROOT TOKEN PATH...`` asks for each over one socket.

Prints the seconds from the first byte out to the last byte in.
"""

from __future__ import annotations

import socket
import sys
import time


def main(root: str, token: str, paths: list[str]) -> float:
    host, _, port = root.removeprefix("http://").partition(":")
    began = time.perf_counter()
    with socket.create_connection((host, int(port))) as connection:
        answers = connection.makefile("rb")
        for path in paths:
            head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n"
            connection.sendall(head.encode())
            length = 0
            while (line := answers.readline()) not in {b"\r\n", b""}:
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            answers.read(length)
    return time.perf_counter() - began


if __name__ == "__main__":
    print(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
