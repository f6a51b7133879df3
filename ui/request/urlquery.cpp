// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/urlquery.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

struct UrlParts
{
    QString base;
    QString query;
    QString fragment; ///< With its '#'.
};

/** The first \a wanted outside of {{…}}; -1 if there is none. */
qsizetype indexOutsideVariables(const QString &text, QChar wanted, qsizetype from = 0)
{
    bool inside = false;
    for (qsizetype i = from; i < text.size(); ++i) {
        if (text.sliced(i).startsWith("{{"_L1))
            inside = true;
        else if (text.sliced(i).startsWith("}}"_L1))
            inside = false;
        else if (!inside && text[i] == wanted)
            return i;
    }
    return -1;
}

UrlParts split(const QString &url)
{
    UrlParts parts;
    const qsizetype hash = indexOutsideVariables(url, u'#');
    const QString front = hash < 0 ? url : url.left(hash);
    parts.fragment = hash < 0 ? QString() : url.sliced(hash);
    const qsizetype question = indexOutsideVariables(front, u'?');
    parts.base = question < 0 ? front : front.left(question);
    parts.query = question < 0 ? QString() : front.sliced(question + 1);
    return parts;
}

std::vector<Param> queryParams(const QString &query)
{
    std::vector<Param> result;
    qsizetype from = 0;
    while (from < query.size()) {
        qsizetype end = indexOutsideVariables(query, u'&', from);
        if (end < 0)
            end = query.size();
        const QString item = query.sliced(from, end - from);
        from = end + 1;
        if (item.isEmpty())
            continue;
        const qsizetype equals = indexOutsideVariables(item, u'=');
        Param param;
        param.name = equals < 0 ? item : item.left(equals);
        param.value = equals < 0 ? QString() : item.sliced(equals + 1);
        result.push_back(param);
    }
    return result;
}

QStringList pathNames(const QString &base)
{
    QStringList names;
    const qsizetype scheme = base.indexOf("://"_L1);
    const qsizetype path = base.indexOf(u'/', scheme < 0 ? 0 : scheme + 3);
    if (path < 0)
        return names;
    const QStringList segments = base.sliced(path).split(u'/');
    for (const QString &segment : segments) {
        if (segment.size() > 1 && segment.startsWith(u':'))
            names << segment.sliced(1);
    }
    return names;
}

bool sameText(const Param &a, const Param &b)
{
    return a.name == b.name && a.value == b.value;
}

} // namespace

std::vector<Param> paramsAfterUrlEdit(const QString &before, const QString &after,
                                      const std::vector<Param> &params)
{
    const UrlParts parts = split(after);
    const std::vector<Param> old = queryParams(split(before).query);
    std::vector<Param> wanted = queryParams(parts.query);
    std::vector<Param> result;
    std::size_t next = 0;
    QStringList names = pathNames(parts.base);
    for (const Param &param : params) {
        if (param.isPath) {
            if (names.removeOne(param.name))
                result.push_back(param);
            continue;
        }
        const bool inUrl =
            std::ranges::any_of(old, [&](const Param &p) { return sameText(p, param); });
        if (!param.enabled || !inUrl) {
            result.push_back(param);
            continue;
        }
        if (next == wanted.size())
            continue;
        Param updated = wanted[next++];
        updated.description = param.description;
        result.push_back(updated);
    }
    result.insert(result.end(), wanted.begin() + std::ptrdiff_t(next), wanted.end());
    for (const QString &name : std::as_const(names)) {
        Param param;
        param.name = name;
        param.isPath = true;
        result.push_back(param);
    }
    return result;
}

QString urlWithParams(const QString &url, const std::vector<Param> &params)
{
    const UrlParts parts = split(url);
    QStringList items;
    for (const Param &param : params) {
        if (param.isPath || !param.enabled || (param.name.isEmpty() && param.value.isEmpty()))
            continue;
        items << (param.value.isEmpty() ? param.name : param.name + u'=' + param.value);
    }
    if (items.isEmpty())
        return parts.base + parts.fragment;
    return parts.base + u'?' + items.join(u'&') + parts.fragment;
}

} // namespace Sluice
