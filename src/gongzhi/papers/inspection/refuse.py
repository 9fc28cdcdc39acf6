"""The one way an inspection refuses."""

from gongzhi.values.refusals import Invalid


def refused(sentence: str) -> Invalid:
    """A refusal of the upload, shown beside the file's field."""
    return Invalid(sentence, fields={"file": sentence})


def broken(kind: str) -> Invalid:
    """The file cannot be read as what it claims to be."""
    return refused(f"这个{kind}文件已损坏或不完整，请重新生成后再上传。")


def in_mebibytes(size: int) -> str:
    """A size in bytes as a clerk reads it."""
    return f"{size / 1024 / 1024:.0f}MB"


def check_size(size: int, limit: int, kind: str) -> None:
    """Refuse what is larger than its kind may be."""
    if size > limit:
        raise refused(f"{kind}文件不能超过{in_mebibytes(limit)}，请压缩或拆分后再上传。")
