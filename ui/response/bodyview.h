// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/codeview.h"

#include <QWidget>

class QLabel;

namespace Sluice {

class FindBar;

/**
 * Shows one body. Pretty: laid out in a pool thread, the first screen at once. Raw: the bytes as
 * they came. What is not shown as it came is said in a line above the text.
 */
class BodyView final : public QWidget
{
    Q_OBJECT

public:
    explicit BodyView(bool pretty, QWidget *parent = nullptr);

    void setBody(const QByteArray &body, const QByteArray &contentType);
    /** A line over the text; what setBody() has to say takes its place. */
    void setNote(const QString &note);
    /** Opens the find bar. */
    void find();
    CodeView *code() const { return m_code; }
    bool isLoading() const { return m_formatting || m_code->isLoading(); }

private:
    /** In UTF-8, unless it is no text. */
    void showBody(const QByteArray &body, const QByteArray &contentType);
    void showPretty(const QByteArray &body);

    bool m_pretty;
    CodeView *m_code = nullptr;
    QLabel *m_note = nullptr;
    FindBar *m_find = nullptr;
    quint64 m_generation = 0;
    bool m_formatting = false;
};

} // namespace Sluice
