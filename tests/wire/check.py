"""Validates real messages against docs/wire.cddl with a tool that knows nothing of this project.

Usage: check.py FOLDER, with files named TYPE.NAME.cbor. Every message must be valid, and must not be
once a part that has to be there is gone or is of another kind.
"""

import pathlib
import sys

import cbor2
import zcbor

CDDL = pathlib.Path(__file__).parents[2] / "docs" / "wire.cddl"


def broken(message):
    """The same message, spoilt in ways that a schema can see."""
    if isinstance(message, list):
        yield message[1:]
        yield ["no number", *message[1:]]
    else:
        first = min(message)
        yield {key: part for key, part in message.items() if key != first}
        yield {**message, first: "no number" if first == 0 else b"no text"}


def main():
    types = zcbor.DataTranslator.from_cddl(CDDL.read_text(encoding="utf-8"), 1_000_000).my_types
    files = sorted(pathlib.Path(sys.argv[1]).glob("*.cbor"))
    refused = 0
    for file in files:
        schema = types[file.name.split(".")[0]]
        message = file.read_bytes()
        schema.validate_str(message)
        for spoilt in broken(cbor2.loads(message)):
            try:
                schema.validate_str(cbor2.dumps(spoilt))
            except Exception:
                refused += 1
            else:
                sys.exit(f"{file.name} is valid although it is spoilt: {spoilt}")
    if len(files) < 10:
        sys.exit(f"only {len(files)} messages were written")
    print(f"wire: {len(files)} messages are as docs/wire.cddl says; {refused} spoilt ones are not")


main()
