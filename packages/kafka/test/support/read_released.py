"""Reads every kept record with fastavro, by the schema it was written with and by the newest of its subject."""

import base64
import io
import json
import pathlib
import struct
import sys

import fastavro


def plain(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def version_of(path):
    return int(path.name.split(".")[0][1:])


def read(folder):
    schemas = {version_of(path): fastavro.parse_schema(json.loads(path.read_text())) for path in folder.glob("v*.avsc")}
    newest = schemas[max(schemas)]
    for path in sorted(folder.glob("v*.bin")):
        content = path.read_bytes()
        magic, _ = struct.unpack(">bI", content[:5])
        assert magic == 0, path
        for reader in (None, newest):
            stream = io.BytesIO(content[5:])
            record = fastavro.schemaless_reader(stream, schemas[version_of(path)], reader)
            assert stream.read() == b"", path
            yield f"{folder.name}/{path.stem}", "newest" if reader else "written", plain(record)


folders = sorted(path for path in pathlib.Path(sys.argv[1]).iterdir() if path.is_dir())
print(json.dumps([{"name": name, "by": by, "record": record} for folder in folders for name, by, record in read(folder)]))
