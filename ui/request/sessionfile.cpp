// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/sessionfile.h"

#include "core/collection/atomicfile.h"
#include "core/collection/requestdocument.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString textOf(const RequestSpec &spec, const QString &path)
{
    return QString::fromUtf8(RequestDocument::create(spec, path).text());
}

QJsonObject toJson(const Draft &draft)
{
    QJsonObject entry{{u"path"_s, draft.path},
                      {u"collection"_s, draft.collection},
                      {u"request"_s, textOf(draft.spec, draft.path)}};
    if (draft.base != RequestSpec{})
        entry.insert(u"base"_s, textOf(draft.base, draft.path));
    return entry;
}

Result<RequestSpec> specOf(const QJsonValue &text, const QString &path)
{
    const Result<RequestDocument> document = RequestDocument::parse(text.toString().toUtf8(), path);
    if (!document)
        return std::unexpected(document.error());
    return document->spec();
}

Result<Draft> toDraft(const QJsonValue &entry)
{
    Draft draft;
    draft.path = entry["path"_L1].toString();
    draft.collection = entry["collection"_L1].toString();
    Result<RequestSpec> spec = specOf(entry["request"_L1], draft.path);
    if (!spec)
        return std::unexpected(spec.error());
    draft.spec = std::move(*spec);
    if (entry["base"_L1].isString()) {
        Result<RequestSpec> base = specOf(entry["base"_L1], draft.path);
        if (!base)
            return std::unexpected(base.error());
        draft.base = std::move(*base);
    }
    return draft;
}

/** A name beside \a file that is free. */
QString freeCopy(const QString &file)
{
    for (int number = 1;; ++number) {
        const QString name = u"%1.unreadable-%2"_s.arg(file).arg(number);
        if (!QFileInfo::exists(name))
            return name;
    }
}

Result<> putAside(const QString &file)
{
    const QString copy = freeCopy(file);
    QFile::copy(file, copy);
    return failure(ErrorCode::Parse, u"Some unsaved edits of the last session could not be read; "
                                     "they are kept in %1"_s.arg(copy));
}

} // namespace

Result<> writeSession(const QString &file, const Session &session)
{
    QJsonArray drafts;
    for (const Draft &draft : session.drafts)
        drafts.append(toJson(draft));
    QJsonArray tabs;
    for (const SessionTab &tab : session.tabs)
        tabs.append(QJsonObject{{u"path"_s, tab.path}, {u"draft"_s, tab.draft}});
    const QJsonObject root{{u"collections"_s, QJsonArray::fromStringList(session.collections)},
                           {u"drafts"_s, drafts},
                           {u"tabs"_s, tabs},
                           {u"current"_s, session.current}};
    QDir().mkpath(QFileInfo(file).path());
    // A draft may hold a password that was typed or pasted into it.
    const Result<> written =
        writeFileAtomically(file, QJsonDocument(root).toJson(), {}, FileReaders::OwnerOnly);
    if (written)
        return {};
    return failure(ErrorCode::Io,
                   u"The unsaved edits could not be kept: %1"_s.arg(written.error().toString()));
}

Result<> readSession(const QString &file, Session &session)
{
    QFile source(file);
    if (!source.exists())
        return {};
    if (!source.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Io,
                       u"%1 could not be read: %2"_s.arg(file, source.errorString()));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(source.readAll(), &error);
    if (error.error != QJsonParseError::NoError)
        return putAside(file);
    bool complete = true;
    const QJsonArray drafts = document["drafts"_L1].toArray();
    std::vector<int> index; // Of the drafts that read.
    for (const QJsonValue &entry : drafts) {
        Result<Draft> draft = toDraft(entry);
        index.push_back(draft ? int(session.drafts.size()) : -1);
        if (draft)
            session.drafts.push_back(std::move(*draft));
        else
            complete = false;
    }
    for (const QJsonValue &root : document["collections"_L1].toArray())
        session.collections << root.toString();
    for (const QJsonValue &tab : document["tabs"_L1].toArray()) {
        const int draft = tab["draft"_L1].toInt(-1);
        const bool known = draft >= 0 && draft < int(index.size());
        session.tabs.push_back({tab["path"_L1].toString(), known ? index[std::size_t(draft)] : -1});
    }
    session.current = document["current"_L1].toInt(-1);
    return complete ? Result<>() : putAside(file);
}

} // namespace Sluice
