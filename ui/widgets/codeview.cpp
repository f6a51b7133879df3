// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/codeview.h"

#include "ui/theme/theme.h"

#include <Qsci/qscilexerhtml.h>
#include <Qsci/qscilexerjavascript.h>
#include <Qsci/qscilexerjson.h>
#include <Qsci/qscilexerxml.h>

#include <QEvent>
#include <QTimerEvent>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

// A screen is at most some 20 kB; a slice of this size is appended in about a millisecond.
constexpr qsizetype SliceBytes = 256 * 1024;

QsciLexer *makeLexer(CodeLanguage language, QObject *parent)
{
    switch (language) {
    case CodeLanguage::Plain:
        return nullptr;
    case CodeLanguage::Json: {
        auto *lexer = new QsciLexerJSON(parent);
        lexer->setFoldCompact(false);
        return lexer;
    }
    case CodeLanguage::Xml:
        return new QsciLexerXML(parent);
    case CodeLanguage::Html:
        return new QsciLexerHTML(parent);
    case CodeLanguage::JavaScript:
        return new QsciLexerJavaScript(parent);
    }
    Q_UNREACHABLE();
}

void colorJson(QsciLexer *lexer, const Theme &theme)
{
    lexer->setColor(theme.secondary, QsciLexerJSON::Operator);
    lexer->setColor(theme.methodPut, QsciLexerJSON::Property);
    lexer->setColor(theme.good, QsciLexerJSON::String);
    lexer->setColor(theme.warning, QsciLexerJSON::Number);
    lexer->setColor(theme.methodPatch, QsciLexerJSON::Keyword);
    lexer->setColor(theme.bad, QsciLexerJSON::Error);
    lexer->setColor(theme.bad, QsciLexerJSON::UnclosedString);
    lexer->setColor(theme.warning, QsciLexerJSON::EscapeSequence);
}

void colorMarkup(QsciLexer *lexer, const Theme &theme)
{
    for (const int style : {QsciLexerHTML::Tag, QsciLexerHTML::UnknownTag, QsciLexerHTML::XMLTagEnd,
                            QsciLexerHTML::XMLStart, QsciLexerHTML::XMLEnd})
        lexer->setColor(theme.methodPut, style);
    for (const int style : {QsciLexerHTML::Attribute, QsciLexerHTML::UnknownAttribute})
        lexer->setColor(theme.methodPatch, style);
    for (const int style : {QsciLexerHTML::HTMLDoubleQuotedString,
                            QsciLexerHTML::HTMLSingleQuotedString, QsciLexerHTML::HTMLValue})
        lexer->setColor(theme.good, style);
    lexer->setColor(theme.secondary, QsciLexerHTML::HTMLComment);
}

} // namespace

CodeView::CodeView(QWidget *parent) : QsciScintilla(parent)
{
    setFrameShape(QFrame::NoFrame);
    setUtf8(true);
    setEolMode(QsciScintilla::EolUnix);
    setIndentationsUseTabs(false);
    setTabWidth(2);
    setAutoIndent(true);
    setScrollWidth(1);
    setScrollWidthTracking(true);
    setBraceMatching(QsciScintilla::SloppyBraceMatch);
    setMarginType(0, QsciScintilla::NumberMargin);
    setMarginWidth(1, 0);
    SendScintilla(SCI_SETMARGINLEFT, 0UL, 8L);
    SendScintilla(SCI_SETEXTRAASCENT, 1UL);
    SendScintilla(SCI_SETEXTRADESCENT, 2UL);
    connect(this, &QsciScintilla::linesChanged, this, &CodeView::updateMargin);
    applyTheme();
}

void CodeView::setLanguage(CodeLanguage language)
{
    if (language == m_language)
        return;
    m_language = language;
    QsciLexer *old = lexer();
    setLexer(makeLexer(language, this));
    delete old;
    setFolding(language == CodeLanguage::Plain ? NoFoldStyle : PlainFoldStyle, 2);
    applyTheme();
}

void CodeView::setContent(const QString &text)
{
    m_pending.clear();
    m_pendingFrom = 0;
    if (this->text() != text)
        setText(text);
    updateMargin();
}

void CodeView::showText(const QByteArray &utf8)
{
    setReadOnly(false);
    SendScintilla(SCI_SETUNDOCOLLECTION, 0UL);
    SendScintilla(SCI_CLEARALL);
    m_pending = utf8;
    m_pendingFrom = 0;
    appendSlice();
    SendScintilla(SCI_GOTOPOS, 0UL);
}

void CodeView::continueText(const QByteArray &utf8)
{
    m_pending = m_pending.sliced(m_pendingFrom) + utf8;
    m_pendingFrom = 0;
    appendSlice();
}

void CodeView::appendSlice()
{
    const qsizetype size = qMin(SliceBytes, m_pending.size() - m_pendingFrom);
    setReadOnly(false);
    append(QByteArrayView(m_pending).sliced(m_pendingFrom, size));
    setReadOnly(true);
    m_pendingFrom += size;
    if (isLoading()) {
        if (m_timer == 0)
            m_timer = startTimer(0);
        return;
    }
    if (m_timer != 0)
        killTimer(std::exchange(m_timer, 0));
    m_pending.clear();
    m_pendingFrom = 0;
    emit loaded();
}

void CodeView::append(QByteArrayView utf8)
{
    SendScintilla(SCI_APPENDTEXT, static_cast<unsigned long>(utf8.size()), utf8.data());
}

void CodeView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer)
        appendSlice();
    else
        QsciScintilla::timerEvent(event);
}

void CodeView::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void CodeView::updateMargin()
{
    const int digits = qMax(2, int(QString::number(lines()).size()));
    setMarginWidth(0, QString(digits + 2, u'0'));
}

void CodeView::applyTheme()
{
    const Theme &theme = Theme::of(palette());
    const QFont font = monospaceFont();
    setFont(font);
    setColor(theme.text);
    setPaper(theme.surface);
    if (QsciLexer *current = lexer()) {
        current->setDefaultFont(font);
        current->setFont(font);
        current->setColor(theme.text);
        current->setDefaultColor(theme.text);
        current->setDefaultPaper(theme.surface);
        current->setPaper(theme.surface);
        if (m_language == CodeLanguage::Json)
            colorJson(current, theme);
        else if (m_language == CodeLanguage::Xml || m_language == CodeLanguage::Html)
            colorMarkup(current, theme);
    }
    setMarginsFont(font);
    setMarginsBackgroundColor(theme.surface);
    setMarginsForegroundColor(theme.disabled);
    setFoldMarginColors(theme.surface, theme.surface);
    setCaretForegroundColor(theme.text);
    setSelectionBackgroundColor(theme.accent);
    setSelectionForegroundColor(theme.accentText);
    setMatchedBraceBackgroundColor(theme.selection);
    setMatchedBraceForegroundColor(theme.text);
    setUnmatchedBraceForegroundColor(theme.bad);
    setUnmatchedBraceBackgroundColor(theme.surface);
    for (int marker = int(SC_MARKNUM_FOLDEREND); marker <= int(SC_MARKNUM_FOLDEROPEN); ++marker) {
        setMarkerForegroundColor(theme.surface, marker);
        setMarkerBackgroundColor(theme.disabled, marker);
    }
    updateMargin();
}

} // namespace Sluice
