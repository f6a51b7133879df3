// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/check/responseobjects.h"

#include "core/http/charset.h"

#include <QJSEngine>

#include <vector>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr auto MakeResponse = R"js((function (status, reason, headers, text, milliseconds, url) {
    var parsed;
    var isParsed = false;
    function body() {
        if (!isParsed) {
            isParsed = true;
            try { parsed = JSON.parse(text); } catch (error) { parsed = text; }
        }
        return parsed;
    }
    // The rules of paths are those of @usebruno/query.
    function flat(value) {
        if (!Array.isArray(value))
            return value;
        var values = [];
        value.forEach(function (item) {
            var inner = flat(item);
            if (inner !== null && inner !== undefined)
                values = values.concat(inner);
        });
        return values.length ? values : undefined;
    }
    function child(value, key, isDeep) {
        if (value === null || typeof value !== 'object')
            return undefined;
        if (Array.isArray(value))
            return flat(value.map(function (item) { return child(item, key, isDeep); }));
        if (!isDeep)
            return flat(value[key]);
        var found = [value[key]];
        Object.keys(value).forEach(function (name) {
            if (name !== key)
                found.push(child(value[name], key, true));
        });
        return flat(found);
    }
    function filtered(value, filter) {
        if (!filter)
            throw new Error('a function is missing for [?]');
        var test = typeof filter !== 'object' ? filter : function (item) {
            return Object.keys(filter).every(function (name) {
                return item[name] === filter[name];
            });
        };
        var found = [];
        (Array.isArray(value) ? value : [value]).forEach(function (item) {
            var result = item === null || item === undefined ? false : test(item);
            if (result === true)
                found.push(item);
            else if (result !== null && result !== undefined && result !== false)
                found.push(result);
        });
        return flat(Array.isArray(value) ? found : found[0]);
    }
    function res(path) {
        var value = body();
        var filters = Array.prototype.slice.call(arguments, 1);
        var isDeep = false;
        var steps = String(path).replace(/\s+/g, '').match(/\.\.|\[\?\]|[^.[\]]+/g) || [];
        steps.forEach(function (key) {
            if (value === null || value === undefined)
                return;
            if (key === '[?]')
                value = filtered(value, filters.shift());
            else if (/^\d+$/.test(key))
                value = flat(value[Number(key)]);
            else if (key !== '..')
                value = child(value, key, isDeep);
            isDeep = key === '..';
        });
        return value;
    }
    res.status = status;
    res.statusText = reason;
    res.headers = headers;
    res.responseTime = milliseconds;
    res.url = url;
    Object.defineProperty(res, 'body', { get: body });
    return res;
}))js"_L1;

} // namespace

QString scriptText(const Response &response)
{
    QString text = QString::fromUtf8(
        toUtf8(response.body, foreignCharset(response.headers.value("content-type"))));
    if (text.startsWith(QChar::ByteOrderMark))
        text.remove(0, 1);
    return text;
}

double scriptMilliseconds(const Response &response)
{
    return double((response.timings.onWireUs() + 500) / 1000);
}

ResponseObjects::ResponseObjects(QJSEngine &engine)
    : m_engine(engine), m_make(engine.evaluate(MakeResponse))
{
}

QJSValue ResponseObjects::make(const Response &response, const QString &text)
{
    QJSValue headers = m_engine.newObject();
    std::vector<QJSValue> cookies;
    for (const Header &field : response.headers) {
        const QString name = QString::fromLatin1(field.name).toLower();
        const QString value = QString::fromUtf8(field.value);
        if (name == "set-cookie"_L1)
            cookies.emplace_back(value);
        else if (headers.hasProperty(name))
            headers.setProperty(name, headers.property(name).toString() + ", "_L1 + value);
        else
            headers.setProperty(name, value);
    }
    if (!cookies.empty()) {
        QJSValue list = m_engine.newArray(quint32(cookies.size()));
        for (std::size_t i = 0; i < cookies.size(); ++i)
            list.setProperty(quint32(i), cookies[i]);
        headers.setProperty(u"set-cookie"_s, list);
    }
    return m_make.call({response.status, QString::fromLatin1(response.reason), headers, text,
                        scriptMilliseconds(response), response.url.toString(QUrl::FullyEncoded)});
}

} // namespace Sluice
