// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/variables.h"

#include <QObject>

#include <vector>

namespace Sluice {

class CodeView;

/**
 * Marks the {{variables}} in a code editor: known ones are tinted, those that cannot be resolved
 * are tinted as a mistake and underlined by a wave. Hovering one says what it stands for. Only what
 * is on the screen is looked at, so the size of the text does not matter.
 */
class CodeVariables final : public QObject
{
    Q_OBJECT

public:
    /** Becomes a child of \a view; \a variables outlive it. */
    CodeVariables(CodeView *view, const VariableMeanings *variables);

    /** The variables may stand for something else now. */
    void refresh();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /** A part of the text, in bytes. */
    struct Part
    {
        long begin = 0;
        long end = 0;

        bool operator==(const Part &) const = default;
    };
    struct Mark
    {
        Part part;
        QString name;
        bool bad = false;

        bool operator==(const Mark &) const = default;
    };

    std::vector<Part> visibleParts() const;
    Part onScreen(const Part &line, long y) const;
    void findMarks(const Part &part, std::vector<Mark> &marks) const;
    void update();
    void setColors();
    bool showToolTip(const QPoint &at, const QPoint &globalPosition);

    CodeView *m_view;
    const VariableMeanings *m_variables;
    int m_known; ///< Numbers of Scintilla's indicators.
    int m_bad;
    int m_wave;
    bool m_stale = true; ///< The text or a meaning has changed since m_marks was made.
    std::vector<Part> m_parts;
    std::vector<Mark> m_marks;
};

} // namespace Sluice
