"""Prints every element without elements in it: its name, a tab, its text.

Python's own parser knows no encoding of several bytes, so the text is decoded by the label first, as its users do."""
import re
import sys
import xml.etree.ElementTree as ElementTree

with open(sys.argv[1], "rb") as file:
    data = file.read()
label = re.match(rb'<\?xml[^>]*encoding="([^"]+)"[^>]*\?>', data)
text = data[label.end():].decode(label.group(1).decode("ascii"), "strict")
for element in ElementTree.fromstring(text).iter():
    if len(element) == 0:
        sys.stdout.buffer.write(f"{element.tag}\t{element.text or ''}\n".encode("utf-8"))
