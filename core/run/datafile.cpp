// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/datafile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

std::unexpected<Error> parseError(const QString &path, int line, const QString &message)
{
    return std::unexpected(Error{ErrorCode::Parse, message, path, line, 0});
}

QByteArray withoutByteOrderMark(const QByteArray &text)
{
    return text.startsWith("\xef\xbb\xbf") ? text.sliced(3) : text;
}

int lineAt(const QByteArray &text, qsizetype offset)
{
    return int(text.first(std::min(offset, text.size())).count('\n')) + 1;
}

/** Reads one record after another; quoted fields may hold commas, quotes and line breaks. */
class CsvReader
{
public:
    explicit CsvReader(const QString &text) : m_text(text) {}

    bool atEnd() const { return m_at >= m_text.size(); }
    int line() const { return m_line; }
    /** Empty for a blank line; nothing when a quote is not closed. */
    std::optional<QStringList> record()
    {
        QStringList fields;
        QString field;
        bool isQuoted = false;
        for (; !atEnd(); ++m_at) {
            const QChar c = m_text[m_at];
            if (c == u'\n')
                ++m_line;
            if (isQuoted) {
                if (c != u'"')
                    field += c;
                else if (m_at + 1 < m_text.size() && m_text[m_at + 1] == u'"')
                    field += m_text[++m_at];
                else
                    isQuoted = false;
            } else if (c == u'"' && field.isEmpty()) {
                isQuoted = true;
            } else if (c == u',') {
                fields.append(std::exchange(field, {}));
            } else if (c == u'\n') {
                ++m_at;
                break;
            } else if (c != u'\r') {
                field += c;
            }
        }
        if (isQuoted)
            return {};
        if (fields.isEmpty() && field.isEmpty())
            return QStringList();
        return fields << field;
    }

private:
    const QString &m_text;
    qsizetype m_at = 0;
    int m_line = 1;
};

QString textOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double: {
        // Whole numbers are kept exactly; a double would round them from 2^53 on.
        const qint64 whole = value.toInteger(0);
        if (whole != 0 || value.toDouble() == 0)
            return QString::number(whole);
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    }
    case QJsonValue::Array:
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    default:
        return {};
    }
}

DataRow rowOf(const QJsonObject &object)
{
    DataRow row;
    for (auto it = object.begin(); it != object.end(); ++it)
        row.insert(it.key(), textOf(it.value()));
    return row;
}

Result<std::vector<DataRow>> orEmpty(std::vector<DataRow> rows, const QString &path)
{
    if (rows.empty())
        return parseError(path, 0, u"The data file has no row."_s);
    return rows;
}

} // namespace

Result<std::vector<DataRow>> readDataFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::unexpected(Error{ErrorCode::FileNotFound,
                                     u"The data file cannot be read: "_s + file.errorString(), path,
                                     0, 0});
    }
    const QByteArray text = withoutByteOrderMark(file.readAll());
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == "csv"_L1)
        return parseCsvData(text, path);
    if (suffix == "json"_L1)
        return parseJsonData(text, path);
    if (suffix == "ndjson"_L1 || suffix == "jsonl"_L1)
        return parseNdjsonData(text, path);
    return failure(ErrorCode::Usage,
                   u"--data %1: a .csv, .json or .ndjson file is needed."_s.arg(path));
}

Result<std::vector<DataRow>> parseCsvData(const QByteArray &text, const QString &path)
{
    const QString decoded = QString::fromUtf8(text);
    CsvReader reader(decoded);
    std::vector<DataRow> rows;
    std::optional<QStringList> names;
    while (!reader.atEnd()) {
        const int line = reader.line();
        const std::optional<QStringList> fields = reader.record();
        if (!fields)
            return parseError(path, line, u"A quote that begins here is not closed."_s);
        if (fields->isEmpty())
            continue;
        if (!names) {
            names = fields;
            continue;
        }
        if (fields->size() != names->size()) {
            return parseError(path, line,
                              u"%1 fields where the first line names %2."_s.arg(fields->size())
                                  .arg(names->size()));
        }
        DataRow row;
        for (qsizetype i = 0; i < names->size(); ++i)
            row.insert(names->at(i).trimmed(), fields->at(i));
        rows.push_back(std::move(row));
    }
    return orEmpty(std::move(rows), path);
}

Result<std::vector<DataRow>> parseJsonData(const QByteArray &text, const QString &path)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        return parseError(path, lineAt(text, error.offset), error.errorString());
    if (!document.isArray())
        return parseError(path, 1, u"An array of objects is needed."_s);
    std::vector<DataRow> rows;
    const QJsonArray list = document.array();
    for (const QJsonValue &value : list) {
        if (!value.isObject())
            return parseError(path, 0, u"Row %1 is not an object."_s.arg(rows.size() + 1));
        rows.push_back(rowOf(value.toObject()));
    }
    return orEmpty(std::move(rows), path);
}

Result<std::vector<DataRow>> parseNdjsonData(const QByteArray &text, const QString &path)
{
    std::vector<DataRow> rows;
    const QList<QByteArray> lines = text.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].trimmed().isEmpty())
            continue;
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(lines[i], &error);
        if (error.error != QJsonParseError::NoError)
            return parseError(path, int(i) + 1, error.errorString());
        if (!document.isObject())
            return parseError(path, int(i) + 1, u"An object is needed."_s);
        rows.push_back(rowOf(document.object()));
    }
    return orEmpty(std::move(rows), path);
}

} // namespace Sluice
