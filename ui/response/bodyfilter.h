// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/response/jsontree.h"

#include <QLineEdit>

namespace Sluice {

/** What a path leaves of a JSON body. */
struct FilteredBody
{
    QByteArray json; ///< A list of the values, each as it stands in the body.
    std::size_t matches = 0;
};

/** The values in \a tree that \a path names, as a list. */
Result<FilteredBody> filteredBody(const JsonTree &tree, const QString &path);

/** A field for a path such as `$.users[*].name`; the work is done in a pool thread. */
class BodyFilter final : public QLineEdit
{
    Q_OBJECT

public:
    explicit BodyFilter(QWidget *parent = nullptr);

    /** Another body; what is typed stays and applies to it. */
    void setBody(const QByteArray &body);
    bool isActive() const { return !text().trimmed().isEmpty(); }

signals:
    void filtered(const QByteArray &json, const QString &note);
    /** The body cannot be filtered like this; the note says why. */
    void refused(const QString &note);
    void cleared();

private:
    void apply();

    QByteArray m_body;
    JsonTreePtr m_tree; ///< Of m_body, once it was needed.
    quint64 m_generation = 0;
};

} // namespace Sluice
