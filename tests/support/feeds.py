"""Feeds as tests write them."""

ITEM = "<item><title>题{0}</title><link>http://news.example.cn/{0}.html</link><description>文{0}。</description></item>"


def rss(items, head="", declaration='<?xml version="1.0" encoding="utf-8"?>'):
    return (
        f'{declaration}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>海风网</title>'
        f"<link>http://news.example.cn/</link>{head}{items}</channel></rss>"
    )
