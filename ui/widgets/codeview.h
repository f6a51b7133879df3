// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qsci/qsciscintilla.h>

namespace Sluice {

/** What a text is, for its colours and folding. */
enum class CodeLanguage { Plain, Json, Xml, Html, JavaScript };

/** The text editor and viewer for bodies: line numbers, folding, the theme's colours. */
class CodeView final : public QsciScintilla
{
    Q_OBJECT

public:
    explicit CodeView(QWidget *parent = nullptr);

    void setLanguage(CodeLanguage language);
    /** Sets all of it at once; for text that a person edits. */
    void setContent(const QString &text);
    /**
     * Shows UTF-8 text of any size: the first screen at once, the rest in slices between events.
     * A further call drops what is left of the one before.
     */
    void showText(const QByteArray &utf8);
    /** Appends to what showText() shows; \a utf8 continues the same text. */
    void continueText(const QByteArray &utf8);
    /** Whether slices are still to come. */
    bool isLoading() const { return m_pendingFrom < m_pending.size(); }

signals:
    /** All of the text is there. */
    void loaded();

protected:
    void changeEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void applyTheme();
    void styleFoldMarkers();
    void updateMargin();
    void appendSlice();
    void append(QByteArrayView utf8);

    CodeLanguage m_language = CodeLanguage::Plain;
    QByteArray m_pending;
    qsizetype m_pendingFrom = 0;
    int m_timer = 0;
};

} // namespace Sluice
