// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/codetemplate.h"
#include "core/interchange/loadplan.h"

namespace Sluice {

/** Hands out names, each once; a taken one gets a number. */
class UniqueNames
{
public:
    /** \a taken are never handed out. */
    explicit UniqueNames(QSet<QString> taken) : m_taken(std::move(taken)) {}

    QString take(const QString &wish);

private:
    QSet<QString> m_taken;
};

/** \a text on one line, without what would end a comment. */
QString commentText(const QString &text);

/** \a lines, the environment variables to set and what is lost, as comment lines. */
QString scriptHeader(QStringList lines, const LoadPlan &plan, const QStringList &notes,
                     const QString &comment);

/** Whom a group of users asks, for a comment. */
QString scriptGroupAbout(const LoadPlan &plan, const LoadGroup &group);

/** The template \a name of resources/export with \a values. */
Result<Exported> expandScript(const QString &name, const TemplateValues &values,
                              const QStringList &notes);

} // namespace Sluice
