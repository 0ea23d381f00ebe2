"""Known header keys in several languages, and their canonical forms."""

from reader.regex import regex

_SYNONYMS = {
    "title": "标题 標題 题目 題目 题名 题 篇名 文章标题 タイトル 題名 件名 제목 titel titre título",
    "fulltitle": "",
    "headline": "",
    "author": "作者 著者 作成者 筆者 执笔 撰文 撰稿 作者名 投稿者 글쓴이 저자 작성자 지은이 autor auteur",
    "authors": "",
    "creator": "",
    "by": "",
    "byline": "",
    "date": "日期 日付 日時 날짜 作成日付 datum fecha",
    "publishdate": (
        "publishedat publishedon publishtime publishedtime publisheddate pubdate pubtime datepublished dateposted "
        "postdate postedat postedon publicationdate 发布时间 发布日期 發布時間 發佈時間 發布日期 發佈日期 "
        "发表时间 发表日期 發表時間 發表日期 "
        "刊登日期 出版日期 公開日 公開日時 投稿日 投稿日時 掲載日 掲載日時 発行日 게시일 발행일 등록일 입력"
    ),
    "published": "",
    "datetime": "",
    "posted": "",
    "time": "时间 時間",
    "created": (
        "createdat createdon createdtime createtime createdate datecreated creationdate usercreatedtime createddate "
        "metacreationdate 创建时间 创建日期 建立時間 建立日期 創建時間 作成日 作成日時 작성일"
    ),
    "saved": "datesaved savedat dateadded addedat savedon clipped clippedat 收藏时间 保存日時",
    "updated": (
        "updatedat updatedon updatedtime updatetime dateupdated modified modifiedat datemodified lastmod lastmodified "
        "lastupdated lastedited lasteditedtime lastmodifiedat updatedate userupdatedtime "
        "更新时间 更新日期 更新時間 修改时间 修改日期 更新日 更新日時 수정일"
    ),
    "categories": "分类目录",
    "category": "分类 分類 类别 類別 栏目 欄目 专栏 カテゴリ カテゴリー 카테고리 분류",
    "section": "",
    "tags": "标签 標籤 タグ 태그 documenttags topics labels トピック",
    "tag": "",
    "keywords": "关键词 關鍵詞 关键字 關鍵字 キーワード 키워드",
    "url": "链接 連結 鏈接 网址 網址 地址 リンク 링크 주소 link links",
    "originalurl": "原文 原文链接 原文連結 原文地址 原文出处 原链接 元記事 원문 original sourceurl",
    "source": "来源 來源 出处 出處 文章来源 转载自 出典 출처",
    "canonical": "canonicalurl",
    "permalink": "",
}
_OTHER_KEYS = """
subtitle name slug id layout type draft comments status lang language toc math mathjax top sticky editor expirydate
series description summary excerpt abstract cover image images img headimg thumbnail thumb featured banner aliases alias
copyright license weight feed site template translation parent parentid linkcount draftof revision keywords
摘要 描述 简介 概要 説明 封面 字数 译者 翻訳 編集 编辑 责任编辑
"""

CANONICAL: dict[str, str] = {
    name: canonical for canonical, names in _SYNONYMS.items() for name in (canonical, *names.split())
}
KNOWN = frozenset(CANONICAL) | frozenset(_OTHER_KEYS.split())
"""Known keys without word separators. Lines without fences form a header only if their keys are known."""

_SEPARATORS = regex(r"[\s_.-]+")


def normalize_key(key: str) -> str:
    """Normalize a key: lower case, without word separators (`Publish-Date` and `publish_date` are `publishdate`)."""
    return _SEPARATORS.sub("", key.lower())


def canonical(key: str) -> str:
    """Return the canonical form of a key: `title` for `标题`, `publishdate` for `pub_date`; normalize other keys."""
    key = normalize_key(key)
    return CANONICAL.get(key, key)


def is_known_key(key: str) -> bool:
    """Return whether a key is known."""
    return normalize_key(key) in KNOWN
