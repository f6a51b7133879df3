// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/loadscript.h"

#include <QFile>

using namespace Qt::StringLiterals;

// Has to stand outside of any namespace.
static void initialiseTemplates()
{
    Q_INIT_RESOURCE(sluice_export);
}

namespace Sluice {

namespace {

constexpr qsizetype CommentWidth = 96;

QStringList wrapped(const QString &text)
{
    QStringList lines{QString()};
    const QStringList words = text.split(u' ');
    for (const QString &word : words) {
        if (!lines.last().isEmpty() && lines.last().size() + 1 + word.size() > CommentWidth)
            lines += u"  "_s + word;
        else
            lines.last() += (lines.last().isEmpty() ? QString() : u" "_s) + word;
    }
    return lines;
}

} // namespace

QString UniqueNames::take(const QString &wish)
{
    QString name = wish;
    for (int number = 2; m_taken.contains(name); ++number)
        name = wish + QString::number(number);
    m_taken.insert(name);
    return name;
}

QString commentText(const QString &text)
{
    QString result = text.simplified();
    return result.replace("*/"_L1, "* /"_L1).replace("\"\"\""_L1, "'''"_L1);
}

QString scriptHeader(QStringList lines, const LoadPlan &plan, const QStringList &notes,
                     const QString &comment)
{
    if (!plan.environment.isEmpty()) {
        lines += QString();
        lines += wrapped(u"Set in the environment (secrets are in no file): "_s
                         + plan.environment.values().join(u", "_s));
    }
    if (!notes.isEmpty()) {
        lines += {QString(), u"Lost on the way from Sluice:"_s};
        for (const QString &note : notes)
            lines += wrapped(u"- "_s + commentText(note));
    }
    for (QString &line : lines)
        line = (comment + line).trimmed();
    return lines.join(u'\n');
}

QString scriptGroupAbout(const LoadPlan &plan, const LoadGroup &group)
{
    const QString users = group.users == 1 ? u"1 user"_s : u"%1 users"_s.arg(group.users);
    if (plan.isChained)
        return u"%1, each sends one request after another"_s.arg(users);
    return u"%1 for %2"_s.arg(users, group.host.isEmpty() ? u"hosts that only the run knows"_s
                                                          : group.host);
}

Result<Exported> expandScript(const QString &name, const TemplateValues &values,
                              const QStringList &notes)
{
    initialiseTemplates();
    QFile file(u":/sluice/export/%1.tmpl"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Internal, u"no template for "_s + name);
    const Result<QString> text = expandCodeTemplate(QString::fromUtf8(file.readAll()), values);
    if (!text)
        return std::unexpected(text.error());
    return Exported{text->toUtf8(), notes};
}

} // namespace Sluice
