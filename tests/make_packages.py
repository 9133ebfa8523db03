"""Tiny SCORM and H5P packages with content of our own."""

import json
from pathlib import Path
from zipfile import ZipFile

MANIFEST = """<?xml version="1.0"?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" identifier="lt">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Bài thử</title>
<item identifier="i" identifierref="r" isvisible="true"><title>Trang một</title></item>
</organization></organizations>
<resources><resource identifier="r" type="webcontent" href="index.html">
<file href="index.html"/></resource></resources>
</manifest>"""
SCORM_PAGE = """<!doctype html><meta charset="utf-8"><h1>Trang SCORM</h1><button type="button">Xong</button>
<script>
const api = parent.API;
api.LMSInitialize("");
document.querySelector("button").addEventListener("click", () => {
  api.LMSSetValue("cmi.core.score.raw", "80");
  api.LMSSetValue("cmi.core.lesson_status", "passed");
  api.LMSCommit("");
});
</script>"""
H5P_SCRIPT = """H5P.Hello = function () {
  H5P.EventDispatcher.call(this);
  this.attach = ($container) => {
    $container.append('<p>Xin chào H5P</p><button type="button">Xong</button>');
    $container.find("button").on("click", () => this.triggerXAPIScored(1, 1, "completed"));
  };
};
H5P.Hello.prototype = Object.create(H5P.EventDispatcher.prototype);
"""


def scorm(folder: Path) -> Path:
    """A page that reports 80 points and "passed" when its button is pressed."""
    return _zip(folder / "bai.zip", {"imsmanifest.xml": MANIFEST, "index.html": SCORM_PAGE})


def h5p(folder: Path) -> Path:
    """Content that reports itself completed when its button is pressed."""
    library = {"machineName": "H5P.Hello", "majorVersion": 1, "minorVersion": 0}
    return _zip(
        folder / "bai.h5p",
        {
            "h5p.json": json.dumps(
                {
                    "title": "Bài thử",
                    "language": "vi",
                    "mainLibrary": "H5P.Hello",
                    "embedTypes": ["iframe"],
                    "license": "U",
                    "preloadedDependencies": [library],
                }
            ),
            "content/content.json": "{}",
            "H5P.Hello-1.0/library.json": json.dumps(
                library
                | {"title": "Hello", "patchVersion": 0, "runnable": 1, "preloadedJs": [{"path": "hello.js"}]}
            ),
            "H5P.Hello-1.0/hello.js": H5P_SCRIPT,
        },
    )


def _zip(path: Path, files: dict[str, str]) -> Path:
    with ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path
