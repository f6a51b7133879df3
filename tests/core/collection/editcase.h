// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/linediff.h"
#include "core/collection/requestdocument.h"
#include "tests/core/collection/randomedits.h"
#include "tests/support/shrink.h"

#include <functional>

namespace Sluice::Test {

/** A file and edits of it, one after the other. A value. */
template<typename Spec>
class EditCase
{
public:
    /** What one edit did to a file. */
    struct Step
    {
        QByteArray before;
        Spec old;
        Spec wanted;
        SpecDocument<Spec> document; ///< Afterwards.
    };
    /** What is wrong with a step; empty when nothing is. */
    using Check = std::function<QString(const Step &)>;

    EditCase(const QByteArray &text, std::vector<quint32> edits) : m_edits(std::move(edits))
    {
        for (const QByteArray &line : text.split('\n'))
            m_lines.push_back(line);
    }

    QByteArray text() const { return QByteArrayList(m_lines.begin(), m_lines.end()).join('\n'); }
    const std::vector<quint32> &edits() const { return m_edits; }
    const std::vector<QByteArray> &lines() const { return m_lines; }

    /** The first mistake of all the edits; empty without one, null when the file does not read. */
    QString mistake(const Check &check) const { return run(check, nullptr); }

    /**
     * The fewest edits and lines of the file with which there still is a mistake: nothing single
     * can be taken away from the result. This case has one.
     */
    EditCase shrunk(const Check &check) const
    {
        EditCase small = *this;
        for (;;) {
            const std::size_t size = small.m_edits.size() + small.m_lines.size();
            small.m_edits = shrink(small.m_edits, [&](const std::vector<quint32> &some) {
                EditCase smaller = small;
                smaller.m_edits = some;
                return !smaller.mistake(check).isEmpty();
            });
            small.m_lines = shrink(small.m_lines, [&](const std::vector<QByteArray> &some) {
                EditCase smaller = small;
                smaller.m_lines = some;
                return !smaller.mistake(check).isEmpty();
            });
            // Fewer lines may make another edit needless.
            if (small.m_edits.size() + small.m_lines.size() == size)
                return small;
        }
    }

    /** The mistake, the file, and what each edit does to it. */
    QString report(const Check &check) const
    {
        QString steps;
        const QString mistake = run(check, &steps);
        return QStringLiteral("%1\n--- the file\n%2%3")
            .arg(mistake, QString::fromUtf8(text()), steps);
    }

private:
    QString run(const Check &check, QString *steps) const
    {
        const QByteArray file = text();
        auto document = SpecDocument<Spec>::parse(file, QStringLiteral("x.yml"));
        if (!document)
            return {};
        for (const quint32 seed : m_edits) {
            Step step{document->text(), document->spec(), document->spec(), {}};
            applyRandomEdit(step.wanted, seed);
            const Result<> done = document->setSpec(step.wanted);
            step.document = *document;
            if (steps)
                *steps += stepText(seed, step);
            const QString mistake = done ? check(step) : done.error().toString();
            if (!mistake.isEmpty())
                return mistake;
        }
        return {};
    }

    static QString stepText(quint32 seed, const Step &step)
    {
        QString text = QStringLiteral("\n--- edit %1\n").arg(seed);
        for (const DiffLine &line : lineDifference(step.before, step.document.text())) {
            if (line.kind != DiffLine::Kind::Same) {
                text += line.kind == DiffLine::Kind::Removed ? u'-' : u'+';
                text += QString::fromUtf8(line.text) + u'\n';
            }
        }
        return text;
    }

    std::vector<QByteArray> m_lines;
    std::vector<quint32> m_edits;
};

} // namespace Sluice::Test
