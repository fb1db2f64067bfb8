"""A build backend that builds nothing: it tells pip the name and version that the source release itself states.

`pip download` of a source release asks the release's own backend for its metadata, which would install and run build tools
of strangers; only the file is wanted. ./dev puts this folder before theirs on Python's path.
"""
import os
from email.parser import HeaderParser


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    with open("PKG-INFO", encoding="utf-8") as file:
        stated = HeaderParser().parse(file)
    folder = f"{stated['Name'].replace('-', '_')}-{stated['Version']}.dist-info"
    os.mkdir(os.path.join(metadata_directory, folder))
    with open(os.path.join(metadata_directory, folder, "METADATA"), "w", encoding="utf-8") as file:
        file.write(f"Metadata-Version: 2.1\nName: {stated['Name']}\nVersion: {stated['Version']}\n")
    return folder


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    raise RuntimeError("this backend builds nothing")
