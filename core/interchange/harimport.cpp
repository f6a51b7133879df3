// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/harimport.h"

#include <QSet>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** What the transport writes itself, and HTTP/2's pseudo headers. */
bool isTransportHeader(const QString &name)
{
    static const QSet<QString> names{u"host"_s,
                                     u"connection"_s,
                                     u"content-length"_s,
                                     u"accept-encoding"_s,
                                     u"transfer-encoding"_s,
                                     u"te"_s,
                                     u"upgrade-insecure-requests"_s};
    return name.startsWith(u':') || names.contains(name.toLower());
}

void readForm(const YamlNode &data, BodySpec &body, bool isMultipart)
{
    body.kind = isMultipart ? BodySpec::Kind::Multipart : BodySpec::Kind::FormUrlEncoded;
    for (const YamlNode &param : childrenAt(data, u"params")) {
        FormField field;
        field.name = textAt(param, u"name");
        field.value = textAt(param, u"value");
        field.contentType = textAt(param, u"contentType");
        field.isFile = param.child(u"fileName") != nullptr;
        if (field.isFile)
            field.value = textAt(param, u"fileName");
        // Browsers write the pairs of a form as they were sent.
        if (!isMultipart) {
            field.name = QUrl::fromPercentEncoding(field.name.replace(u'+', u' ').toUtf8());
            field.value = QUrl::fromPercentEncoding(field.value.replace(u'+', u' ').toUtf8());
        }
        body.fields.push_back(std::move(field));
    }
}

void readBody(const YamlNode &request, RequestSpec &spec, ImportContext &context)
{
    const YamlNode *data = request.child(u"postData");
    if (!data)
        return;
    const QString type = textAt(*data, u"mimeType").section(u';', 0, 0).trimmed().toLower();
    const QString text = textAt(*data, u"text");
    const bool hasParams = !childrenAt(*data, u"params").empty();
    if (hasParams && type == "application/x-www-form-urlencoded"_L1) {
        readForm(*data, spec.body, false);
        return;
    }
    if (hasParams && type == "multipart/form-data"_L1 && text.isEmpty()) {
        readForm(*data, spec.body, true);
        return;
    }
    if (text.isEmpty())
        return;
    if (textAt(*data, u"encoding") == "base64"_L1) {
        context.issue(*data, u"'%1': the body is binary and is left out"_s.arg(spec.name));
        return;
    }
    spec.body.kind = type.endsWith("json"_L1)  ? BodySpec::Kind::Json
                     : type.endsWith("xml"_L1) ? BodySpec::Kind::Xml
                                               : BodySpec::Kind::Text;
    spec.body.text = text;
    const bool hasType = std::ranges::any_of(spec.headers, [](const NameValue &header) {
        return header.name.compare("content-type"_L1, Qt::CaseInsensitive) == 0;
    });
    if (!hasType && !type.isEmpty())
        spec.headers.push_back({u"Content-Type"_s, textAt(*data, u"mimeType"), {}, true});
}

RequestSpec requestOf(const YamlNode &entry, ImportContext &context)
{
    const YamlNode &request = *entry.child(u"request");
    RequestSpec spec;
    spec.method = textAt(request, u"method");
    spec.url = textAt(request, u"url").section(u'#', 0, 0);
    const QUrl url(spec.url);
    spec.name = spec.method + u' ' + (url.path().size() > 1 ? url.path().sliced(1) : url.host());
    for (const YamlNode &header : childrenAt(request, u"headers")) {
        const QString name = textAt(header, u"name");
        if (!isTransportHeader(name))
            spec.headers.push_back({name, textAt(header, u"value"), {}, true});
    }
    readBody(request, spec, context);
    // A browser's archive has each hop as an entry of its own.
    const int status = textAt(entry, {u"response", u"status"}).toInt();
    if (status >= 300 && status < 400)
        spec.settings.followRedirects = false;
    return spec;
}

} // namespace

bool isHar(const YamlNode &root)
{
    return root.descendant({u"log", u"entries"}) != nullptr;
}

void importHar(const YamlNode &root, ImportContext &context)
{
    const YamlNode &log = *root.child(u"log");
    for (const YamlNode &entry : childrenAt(log, u"entries")) {
        const YamlNode *request = entry.child(u"request");
        const QString url = request ? textAt(*request, u"url") : QString();
        if (!url.startsWith("http:"_L1) && !url.startsWith("https:"_L1)) {
            context.issue(entry, u"'%1' is no request over HTTP and is left out"_s.arg(
                                     url.first(std::min<qsizetype>(url.size(), 60))));
            continue;
        }
        ImportedItem item;
        item.request = requestOf(entry, context);
        context.collection.items.push_back(std::move(item));
    }
}

} // namespace Sluice
