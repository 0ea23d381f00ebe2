"""Chinese for the index, the search and what both say of themselves."""

LIBRARY: dict[str, str] = {
    # index
    "Reading it ended the process that read it; it was given up": "读取它的进程崩溃了，已放弃读取",
    "Reading it took too long; it was given up": "读取时间太长，已放弃",
    "The index cannot be written ({path}): {reason}": "索引无法写入（{path}）：{reason}",
    "it was damaged": "它已损坏",
    "it was made by another version of reader": "它是别的版本的 reader 建的",
    "pinyin or variants of characters can be searched now, or no more": "拼音或简繁互查的可用情况变了",
    "see whether its folder can be written and the disk has room; XDG_CACHE_HOME names another folder": (
        "请检查其文件夹能否写入、磁盘是否有空间；可用 XDG_CACHE_HOME 指定别的文件夹"
    ),
}
