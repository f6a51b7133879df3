// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/draftstore.h"

#include "core/collection/requestdocument.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Sluice {

Result<> writeDrafts(const QString &file, const std::vector<Draft> &drafts)
{
    if (drafts.empty()) {
        QFile::remove(file);
        return {};
    }
    QJsonArray entries;
    for (const Draft &draft : drafts) {
        const RequestDocument document = RequestDocument::create(draft.spec, draft.path);
        entries.append(QJsonObject{{u"path"_s, draft.path},
                                   {u"collection"_s, draft.collection},
                                   {u"request"_s, QString::fromUtf8(document.text())}});
    }
    QDir().mkpath(QFileInfo(file).path());
    QSaveFile target(file);
    const QByteArray text = QJsonDocument(QJsonObject{{u"drafts"_s, entries}}).toJson();
    if (!target.open(QIODevice::WriteOnly) || target.write(text) != text.size() || !target.commit())
        return failure(ErrorCode::Io, u"The unsaved edits could not be kept in %1: %2"_s.arg(
                                          file, target.errorString()));
    return {};
}

std::vector<Draft> readDrafts(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return {};
    std::vector<Draft> drafts;
    const QJsonArray entries =
        QJsonDocument::fromJson(source.readAll()).object().value("drafts"_L1).toArray();
    for (const QJsonValue &entry : entries) {
        const QString path = entry["path"_L1].toString();
        const Result<RequestDocument> document =
            RequestDocument::parse(entry["request"_L1].toString().toUtf8(), path);
        if (document)
            drafts.push_back({path, entry["collection"_L1].toString(), document->spec()});
    }
    return drafts;
}

} // namespace Sluice
