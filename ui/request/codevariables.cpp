// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/codevariables.h"

#include "core/environment/template.h"
#include "ui/theme/theme.h"
#include "ui/widgets/codeview.h"

#include <QHash>
#include <QHelpEvent>
#include <QToolTip>

#include <algorithm>

namespace Sluice {

namespace {

/** A line longer than this, in bytes, is looked at only where it is on the screen. */
constexpr long LongLine = 16 * 1024;
/** A variable that begins so many characters outside of the screen is still found. */
constexpr long Margin = 256;

constexpr int KnownTint = 26;
constexpr int MistakeTint = 41;

unsigned long unsignedOf(long value)
{
    return static_cast<unsigned long>(value);
}

} // namespace

CodeVariables::CodeVariables(CodeView *view, const VariableMeanings *variables)
    : QObject(view), m_view(view), m_variables(variables),
      m_known(view->indicatorDefine(QsciScintilla::FullBoxIndicator)),
      m_bad(view->indicatorDefine(QsciScintilla::FullBoxIndicator)),
      m_wave(view->indicatorDefine(QsciScintilla::SquiggleIndicator))
{
    view->setIndicatorDrawUnder(true, m_known);
    view->setIndicatorDrawUnder(true, m_bad);
    setColors();
    view->installEventFilter(this);
    view->viewport()->installEventFilter(this);
    connect(view, &QsciScintilla::textChanged, this, [this] { m_stale = true; });
    // Before it is painted; what that leaves out, such as folding and resizing, after it.
    connect(view, &QsciScintilla::SCN_UPDATEUI, this, &CodeVariables::update);
    connect(view, &QsciScintilla::SCN_PAINTED, this, &CodeVariables::update);
}

void CodeVariables::setColors()
{
    const Theme &theme = Theme::of(m_view->palette());
    QColor known = theme.accent;
    known.setAlpha(KnownTint);
    QColor bad = theme.bad;
    bad.setAlpha(MistakeTint);
    for (const auto &[indicator, color] : {std::pair(m_known, known), std::pair(m_bad, bad)}) {
        m_view->setIndicatorForegroundColor(color, indicator);
        m_view->setIndicatorOutlineColor(color, indicator);
    }
    m_view->setIndicatorForegroundColor(theme.bad, m_wave);
}

bool CodeVariables::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::PaletteChange)
        setColors();
    if (watched == m_view->viewport() && event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        return showToolTip(help->pos(), help->globalPos());
    }
    return QObject::eventFilter(watched, event);
}

bool CodeVariables::showToolTip(const QPoint &at, const QPoint &globalPosition)
{
    update();
    const long byte = m_view->SendScintilla(QsciScintilla::SCI_POSITIONFROMPOINTCLOSE,
                                            unsignedOf(at.x()), long(at.y()));
    const auto mark = std::ranges::find_if(m_marks, [byte](const Mark &candidate) {
        return candidate.part.begin <= byte && byte <= candidate.part.end;
    });
    if (byte < 0 || mark == m_marks.end()) {
        QToolTip::hideText();
        return false;
    }
    QToolTip::showText(globalPosition, m_variables->describe(mark->name), m_view);
    return true;
}

void CodeVariables::refresh()
{
    m_stale = true;
    update();
}

/** The part of \a line, which is at \a y, that lies between the edges of the view. */
CodeVariables::Part CodeVariables::onScreen(const Part &line, long y) const
{
    const auto byteAt = [&](long x) {
        return m_view->SendScintilla(QsciScintilla::SCI_POSITIONFROMPOINT, unsignedOf(x), y);
    };
    const auto moved = [&](long byte, long characters) {
        return m_view->SendScintilla(QsciScintilla::SCI_POSITIONRELATIVE, unsignedOf(byte),
                                     characters);
    };
    const long left = byteAt(0);
    const long right = byteAt(m_view->viewport()->width());
    const long end = moved(right, Margin);
    // Past either end of the text Scintilla answers 0.
    return {std::max(line.begin, moved(left, -Margin)),
            end == 0 ? line.end : std::min(line.end, end)};
}

std::vector<CodeVariables::Part> CodeVariables::visibleParts() const
{
    const auto ask = [this](unsigned message, long value = 0) {
        return m_view->SendScintilla(message, unsignedOf(value));
    };
    std::vector<Part> parts;
    const long first = ask(QsciScintilla::SCI_GETFIRSTVISIBLELINE);
    const long rows = ask(QsciScintilla::SCI_LINESONSCREEN) + 1;
    const long height = ask(QsciScintilla::SCI_TEXTHEIGHT);
    long before = -1;
    for (long row = 0; row < rows; ++row) {
        const long line = ask(QsciScintilla::SCI_DOCLINEFROMVISIBLE, first + row);
        if (line == before)
            continue;
        Part part{ask(QsciScintilla::SCI_POSITIONFROMLINE, line),
                  ask(QsciScintilla::SCI_GETLINEENDPOSITION, line)};
        const bool follows = line == before + 1 && !parts.empty();
        before = line;
        if (part.end - part.begin > LongLine)
            parts.push_back(onScreen(part, row * height));
        else if (follows && part.begin - parts.back().end <= 2)
            parts.back().end = part.end;
        else
            parts.push_back(part);
    }
    return parts;
}

void CodeVariables::findMarks(const Part &part, std::vector<Mark> &marks) const
{
    const QByteArray bytes = m_view->bytes(int(part.begin), int(part.end));
    if (!bytes.contains("{{"))
        return;
    const QString text = QString::fromUtf8(bytes.constData());
    QHash<QString, bool> bad;
    long at = part.begin;
    qsizetype counted = 0;
    const auto byteOf = [&](qsizetype character) {
        at += long(QStringView(text).sliced(counted, character - counted).toUtf8().size());
        counted = character;
        return at;
    };
    for (const Placeholder &placeholder : findPlaceholders(text)) {
        if (!bad.contains(placeholder.name))
            bad.insert(placeholder.name, m_variables->isBad(placeholder.name));
        const long begin = byteOf(placeholder.begin);
        const long end = byteOf(placeholder.begin + placeholder.length);
        marks.push_back({{begin, end}, placeholder.name, bad.value(placeholder.name)});
    }
}

void CodeVariables::update()
{
    std::vector<Part> parts = visibleParts();
    // Setting a mark makes Scintilla ask again, so what is there already is not set anew.
    if (!m_stale && parts == m_parts)
        return;
    std::vector<Mark> marks;
    for (const Part &part : parts)
        findMarks(part, marks);
    m_stale = false;
    m_parts = std::move(parts);
    m_marks = std::move(marks);
    const auto apply = [this](int indicator, const Part &part, bool on) {
        m_view->SendScintilla(QsciScintilla::SCI_SETINDICATORCURRENT, unsignedOf(indicator));
        m_view->SendScintilla(on ? QsciScintilla::SCI_INDICATORFILLRANGE
                                 : QsciScintilla::SCI_INDICATORCLEARRANGE,
                              unsignedOf(part.begin), part.end - part.begin);
    };
    for (const Part &part : m_parts) {
        for (const int indicator : {m_known, m_bad, m_wave})
            apply(indicator, part, false);
    }
    for (const Mark &mark : m_marks) {
        apply(mark.bad ? m_bad : m_known, mark.part, true);
        if (mark.bad)
            apply(m_wave, mark.part, true);
    }
}

} // namespace Sluice
