"""Where files lie: in folders of this machine, or in buckets of any store that speaks S3.

`MEDIA_BUCKET` names the public bucket of renditions and `ORIGINALS_BUCKET` the private one of pictures as they were
sent. `S3_ENDPOINT`, `S3_REGION` and the usual `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` say how they are reached,
`MEDIA_HOST` under which host browsers fetch them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

IMMUTABLE = "public, max-age=31536000, immutable"
LOCAL = "django.core.files.storage.FileSystemStorage"
S3 = "storages.backends.s3.S3Storage"


def storages_from(environment: Mapping[str, str], *, data: Path) -> dict[str, dict[str, Any]]:
    """The `STORAGES` of Django. Half of a configuration is refused."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    public, private = environment.get("MEDIA_BUCKET", ""), environment.get("ORIGINALS_BUCKET", "")
    if not public and not private:
        kept = {"BACKEND": LOCAL, "OPTIONS": {"location": str(data / "originals"), "base_url": None}}
        return {"default": {"BACKEND": LOCAL}, "originals": kept, "staticfiles": static}
    if not public or not private or public == private:
        raise ValueError("MEDIA_BUCKET and ORIGINALS_BUCKET are two buckets: one for everybody, one for nobody.")
    reach = {
        "endpoint_url": environment.get("S3_ENDPOINT") or None,
        "region_name": environment.get("S3_REGION") or None,
        "default_acl": None,
        "file_overwrite": False,
    }
    host = environment.get("MEDIA_HOST") or None
    shown = {"bucket_name": public, "custom_domain": host, "querystring_auth": False}
    return {
        "default": {"BACKEND": S3, "OPTIONS": {**reach, **shown, "object_parameters": {"CacheControl": IMMUTABLE}}},
        "originals": {"BACKEND": S3, "OPTIONS": {**reach, "bucket_name": private}},
        "staticfiles": static,
    }


def picture_sources(environment: Mapping[str, str]) -> list[str]:
    """The hosts from which pages may load pictures besides their own."""
    found = environment.get("MEDIA_HOST") or environment.get("S3_ENDPOINT", "").removeprefix("https://")
    return [f"https://{found.rstrip('/')}"] if environment.get("MEDIA_BUCKET") and found else []
