// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/curlbody.h"

#include <QHash>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

const NameValue *findHeader(const RequestSpec &spec, QStringView name)
{
    const auto found = std::ranges::find_if(spec.headers, [name](const NameValue &header) {
        return QStringView(header.name).compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == spec.headers.end() ? nullptr : &*found;
}

void addHeader(RequestSpec &spec, const QString &name, const QString &value)
{
    if (!findHeader(spec, name))
        spec.headers.push_back({name, value, {}, true});
}

/** What `application/x-www-form-urlencoded` calls \a text, as a form of Sluice would write it. */
QString formEncoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, " *", "~").replace(' ', '+'));
}

QString formDecoded(QString text)
{
    return QUrl::fromPercentEncoding(text.replace(u'+', u' ').toUtf8());
}

/** The type that curl gives a form's file (curl_mime_contenttype). */
QString fileType(const QString &name)
{
    static const QHash<QString, QString> types{
        {u"gif"_s, u"image/gif"_s},       {u"jpg"_s, u"image/jpeg"_s},
        {u"jpeg"_s, u"image/jpeg"_s},     {u"png"_s, u"image/png"_s},
        {u"svg"_s, u"image/svg+xml"_s},   {u"txt"_s, u"text/plain"_s},
        {u"htm"_s, u"text/html"_s},       {u"html"_s, u"text/html"_s},
        {u"xml"_s, u"application/xml"_s}, {u"pdf"_s, u"application/pdf"_s}};
    const QString suffix = name.contains(u'.') ? name.section(u'.', -1).toLower() : QString();
    return types.value(suffix, u"application/octet-stream"_s);
}

/** \a text as form fields, if writing them gives the very same text. */
std::optional<std::vector<FormField>> fieldsOf(const QString &text)
{
    std::vector<FormField> fields;
    QStringList again;
    const QStringList pairs = text.split(u'&');
    for (const QString &pair : pairs) {
        FormField field;
        field.name = formDecoded(pair.section(u'=', 0, 0));
        field.value = formDecoded(pair.section(u'=', 1));
        if (field.name.isEmpty() || field.value.contains("{{"_L1))
            return {};
        again += formEncoded(field.name) + u'=' + formEncoded(field.value);
        fields.push_back(std::move(field));
    }
    if (again.join(u'&') != text)
        return {};
    return fields;
}

} // namespace

void CurlBody::take(CurlOption option, const QString &value, const ShellWord &place)
{
    switch (option) {
    case CurlOption::Data:
    case CurlOption::DataRaw:
    case CurlOption::DataBinary:
    case CurlOption::Json:
        addData(option, value, place);
        break;
    case CurlOption::DataUrlEncode:
        addEncoded(value, place);
        break;
    case CurlOption::Form:
        addForm(value, place);
        break;
    case CurlOption::FormString:
        m_fields.emplace_back();
        m_fields.back().name = value.section(u'=', 0, 0);
        m_fields.back().value = value.section(u'=', 1);
        break;
    case CurlOption::UrlQuery:
        addQuery(value, place);
        break;
    case CurlOption::UploadFile:
        m_isUpload = true;
        issue(place,
              u"curl names no Content-Type for --upload-file; application/octet-stream is sent"_s);
        addFile(value, place);
        break;
    default:
        issue(place, u"this option has no counterpart in Sluice"_s);
    }
}

void CurlBody::issue(const ShellWord &place, const QString &message)
{
    m_issues.push_back({ErrorCode::Unsupported, message, {}, place.line, place.column});
}

void CurlBody::append(const QString &text)
{
    if (m_hasText && !m_isJson)
        m_text += u'&';
    m_text += text;
    m_hasText = true;
}

void CurlBody::addData(CurlOption option, const QString &value, const ShellWord &place)
{
    m_isJson = m_isJson || option == CurlOption::Json;
    if (option == CurlOption::DataRaw || !value.startsWith(u'@')) {
        append(value);
        return;
    }
    if (value == "@-"_L1 && m_input) {
        // --data takes line breaks out of what it reads, the others do not.
        QString text = *m_input;
        append(option == CurlOption::Data ? text.remove(u'\n').remove(u'\r') : text);
        return;
    }
    if (value == "@-"_L1) {
        append({});
        issue(place, u"the body comes from standard input, which is not read"_s);
        return;
    }
    if (option == CurlOption::Data)
        issue(place, u"curl takes the line breaks out of %1; it is sent as it is"_s.arg(value));
    addFile(value.sliced(1), place);
}

/** `content`, `=content`, `name=content`, `@file` or `name@file` (curl's manual). */
void CurlBody::addEncoded(const QString &value, const ShellWord &place)
{
    const qsizetype equals = value.indexOf(u'=');
    const qsizetype at = value.indexOf(u'@');
    if (equals < 0 && at >= 0) {
        issue(place, u"--data-urlencode %1 reads a file, which is not done"_s.arg(value));
        return;
    }
    const QString name = equals > 0 ? value.first(equals + 1) : QString();
    append(name + encoded(equals < 0 ? value : value.sliced(equals + 1)));
}

void CurlBody::addForm(const QString &text, const ShellWord &place)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals < 0) {
        issue(place, u"--form %1 has no '='"_s.arg(text));
        return;
    }
    FormField field;
    field.name = text.first(equals);
    QString value = text.sliced(equals + 1);
    if (value.startsWith(u'@')) {
        field.isFile = true;
        value.remove(0, 1);
        addFormParameters(field, value, place);
        if (value == "-"_L1)
            issue(place, u"--form %1 reads standard input, which Sluice does not"_s.arg(text));
        value.replace(u',', u'\n');
        if (field.contentType.isEmpty())
            field.contentType = fileType(value);
    } else if (value.startsWith(u'<')) {
        issue(place, u"--form %1 reads the value from a file, which is not done"_s.arg(text));
        return;
    } else {
        addFormParameters(field, value, place);
    }
    field.value = value;
    m_fields.push_back(std::move(field));
}

/** `;type=…` and `;filename=…` behind a value. */
void CurlBody::addFormParameters(FormField &field, QString &value, const ShellWord &place)
{
    if (value.startsWith(u'"') && value.endsWith(u'"') && value.size() > 1) {
        value = value.sliced(1, value.size() - 2);
        return;
    }
    for (qsizetype at = value.lastIndexOf(u';'); at >= 0; at = value.lastIndexOf(u';')) {
        const QString parameter = value.sliced(at + 1).trimmed();
        if (parameter.startsWith("type="_L1))
            field.contentType = parameter.sliced(5);
        else if (parameter.startsWith("filename="_L1) || parameter.startsWith("encoder="_L1)
                 || parameter.startsWith("headers="_L1))
            issue(place, u"%1 of a form field has no counterpart in Sluice"_s.arg(parameter));
        else
            return;
        value.truncate(at);
    }
}

void CurlBody::addFile(const QString &name, const ShellWord &place)
{
    if (name == "-"_L1 || name == "."_L1) {
        issue(place, u"the body comes from standard input, which is not read"_s);
        return;
    }
    if (m_hasText || !m_file.isEmpty())
        issue(place, u"%1: a body is one file or text, not both"_s.arg(name));
    m_file = name;
}

void CurlBody::addQuery(const QString &value, const ShellWord &place)
{
    if (value.startsWith(u'+')) {
        m_query += value.sliced(1);
        return;
    }
    const qsizetype equals = value.indexOf(u'=');
    if (equals < 0 && value.contains(u'@')) {
        issue(place, u"--url-query %1 reads a file, which is not done"_s.arg(value));
        return;
    }
    const QString name = equals > 0 ? value.first(equals + 1) : QString();
    m_query +=
        name + encoded(equals < 0 ? value : value.sliced(equals + 1)).replace("%20"_L1, "+"_L1);
}

void CurlBody::apply(RequestSpec &spec, QString &url, bool isGet) const
{
    QStringList query = m_query;
    if (isGet && m_hasText)
        query += m_text;
    if (!query.isEmpty()) {
        const QString fragment = url.contains(u'#') ? url.sliced(url.indexOf(u'#')) : QString();
        url.chop(fragment.size());
        url += (!url.contains(u'?')                        ? u"?"_s
                : url.endsWith(u'?') || url.endsWith(u'&') ? QString()
                                                           : u"&"_s)
               + query.join(u'&') + fragment;
    }
    if (isGet)
        return;
    if (!m_fields.empty()) {
        spec.method = u"POST"_s;
        spec.body.kind = BodySpec::Kind::Multipart;
        spec.body.fields = m_fields;
    } else if (!m_file.isEmpty()) {
        spec.method = m_isUpload ? u"PUT"_s : u"POST"_s;
        spec.body.kind = BodySpec::Kind::File;
        spec.body.filePath = m_file;
        const NameValue *type = findHeader(spec, u"Content-Type");
        spec.body.contentType = type         ? type->value
                                : m_isUpload ? u"application/octet-stream"_s
                                             : u"application/x-www-form-urlencoded"_s;
        if (m_isUpload && !url.section("://"_L1, 1).contains(u'/'))
            url += u'/';
        if (m_isUpload && url.endsWith(u'/'))
            url += m_file.section(u'/', -1);
    } else if (m_hasText) {
        spec.method = u"POST"_s;
        applyText(spec);
    }
}

void CurlBody::applyText(RequestSpec &spec) const
{
    if (m_isJson) {
        addHeader(spec, u"Accept"_s, u"application/json"_s);
        addHeader(spec, u"Content-Type"_s, u"application/json"_s);
    }
    const NameValue *given = findHeader(spec, u"Content-Type");
    const QString type = given ? given->value.section(u';', 0, 0).trimmed().toLower()
                               : u"application/x-www-form-urlencoded"_s;
    if (type == "application/x-www-form-urlencoded"_L1) {
        if (std::optional<std::vector<FormField>> fields = fieldsOf(m_text)) {
            spec.body.kind = BodySpec::Kind::FormUrlEncoded;
            spec.body.fields = std::move(*fields);
            return;
        }
        addHeader(spec, u"Content-Type"_s, type);
    }
    spec.body.kind = type.endsWith("json"_L1)  ? BodySpec::Kind::Json
                     : type.endsWith("xml"_L1) ? BodySpec::Kind::Xml
                                               : BodySpec::Kind::Text;
    spec.body.text = m_text;
}

} // namespace Sluice
