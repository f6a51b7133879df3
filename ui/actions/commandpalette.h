// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>
#include <vector>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace Sluice {

/** One thing that the palette can do. */
struct PaletteEntry
{
    QString text;
    QString detail; ///< Where it is, or its key.
    QString method; ///< A request's; shown as its badge.
    std::function<void()> run;
};

/**
 * A line to type in over the best matches among requests and commands. `>` at the beginning leaves
 * only commands. Enter runs, Esc closes.
 */
class CommandPalette final : public QFrame
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *parent);

    /** Opens under the top edge of the parent's window. */
    void open(std::vector<PaletteEntry> requests, std::vector<PaletteEntry> commands);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void filter(const QString &text);
    void runCurrent();

    std::vector<PaletteEntry> m_requests;
    std::vector<PaletteEntry> m_commands;
    std::vector<const PaletteEntry *> m_shown;
    QLineEdit *m_input = nullptr;
    QListView *m_list = nullptr;
    QStandardItemModel *m_model = nullptr;
};

/**
 * How well \a pattern fits \a text: 0 = not at all, higher is better. Its letters must all appear
 * in order; the start of words and runs of letters count more.
 */
int fuzzyScore(QStringView pattern, QStringView text);

} // namespace Sluice
