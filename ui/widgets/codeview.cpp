// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/codeview.h"

#include "ui/theme/theme.h"

#include <Qsci/qscicommandset.h>
#include <Qsci/qscilexerhtml.h>
#include <Qsci/qscilexerjavascript.h>
#include <Qsci/qscilexerjson.h>
#include <Qsci/qscilexerxml.h>

#include <QEvent>
#include <QFontInfo>
#include <QTimerEvent>

#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

// A screen is at most some 20 kB; a slice of this size is appended in about a millisecond.
constexpr qsizetype SliceBytes = 256 * 1024;

/**
 * \a font by the family that it comes to. Scintilla keeps no more than the first name of a font: of
 * one that is not installed it would draw one fixed pitch and measure another, proportional font.
 */
QFont asInstalled(QFont font)
{
    font.setFamilies({QFontInfo(font).family()});
    return font;
}

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

/** Scintilla knows no translucent colours. */
QColor blended(const QColor &over, const QColor &under, float share)
{
    return QColor::fromRgbF(over.redF() * share + under.redF() * (1 - share),
                            over.greenF() * share + under.greenF() * (1 - share),
                            over.blueF() * share + under.blueF() * (1 - share));
}

// Keys of the window that the editor would take for commands of its own.
constexpr std::array WindowKeys{
    Qt::CTRL | Qt::Key_L,
    Qt::CTRL | Qt::Key_T,
    Qt::CTRL | Qt::Key_D,
    Qt::CTRL | Qt::Key_U,
    Qt::CTRL | Qt::SHIFT | Qt::Key_T,
    Qt::CTRL | Qt::SHIFT | Qt::Key_L,
    Qt::CTRL | Qt::SHIFT | Qt::Key_U,
    Qt::CTRL | Qt::Key_Slash,
    Qt::CTRL | Qt::Key_Backslash,
    QKeyCombination(Qt::Key_Escape),
};

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
    for (const QKeyCombination key : WindowKeys) {
        if (QsciCommand *command = standardCommands()->boundTo(key.toCombined()))
            command->setKey(0);
    }
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
    // The bracket at the start of a body matches one at its end: a walk over all of it each paint.
    setBraceMatching(QsciScintilla::NoBraceMatch);
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
    SendScintilla(SCI_SETCARETSTYLE, static_cast<unsigned long>(CARETSTYLE_INVISIBLE));
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

void CodeView::styleFoldMarkers()
{
    static constexpr std::array<std::pair<unsigned, unsigned>, 7> Markers{{
        {SC_MARKNUM_FOLDEROPEN, SC_MARK_ARROWDOWN},
        {SC_MARKNUM_FOLDER, SC_MARK_ARROW},
        {SC_MARKNUM_FOLDEROPENMID, SC_MARK_ARROWDOWN},
        {SC_MARKNUM_FOLDEREND, SC_MARK_ARROW},
        {SC_MARKNUM_FOLDERSUB, SC_MARK_EMPTY},
        {SC_MARKNUM_FOLDERTAIL, SC_MARK_EMPTY},
        {SC_MARKNUM_FOLDERMIDTAIL, SC_MARK_EMPTY},
    }};
    const Theme &theme = Theme::of(palette());
    for (const auto &[marker, symbol] : Markers) {
        SendScintilla(SCI_MARKERDEFINE, marker, long(symbol));
        SendScintilla(SCI_MARKERSETFORE, marker, theme.disabled);
        SendScintilla(SCI_MARKERSETBACK, marker, theme.disabled);
    }
}

void CodeView::applyTheme()
{
    const Theme &theme = Theme::of(palette());
    const QFont font = asInstalled(monospaceFont());
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
    const QColor selection = blended(theme.accent, theme.surface, 0.28F);
    setSelectionBackgroundColor(selection);
    resetSelectionForegroundColor();
    setMatchedBraceBackgroundColor(blended(theme.accent, theme.surface, 0.12F));
    setMatchedBraceForegroundColor(theme.text);
    setUnmatchedBraceForegroundColor(theme.bad);
    setUnmatchedBraceBackgroundColor(theme.surface);
    styleFoldMarkers();
    updateMargin();
}

} // namespace Sluice
