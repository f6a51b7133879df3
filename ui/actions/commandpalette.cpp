// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/commandpalette.h"

#include "ui/theme/theme.h"
#include "ui/widgets/methodbadge.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int MaxShown = 60;
constexpr int Width = 640;
constexpr int Rows = 11;
constexpr int RowHeight = 28;
constexpr int DetailRole = Qt::UserRole;
constexpr int MethodRole = Qt::UserRole + 1;

class EntryDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {100, RowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.palette);
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, theme.selection);
        const QString method = index.data(MethodRole).toString();
        QRect rect = option.rect.adjusted(12, 0, -12, 0);
        if (!method.isEmpty()) {
            painter->setFont(badgeFont(option.font));
            painter->setPen(theme.methodColor(method));
            painter->drawText(QRect(rect.left(), rect.top(), 38, rect.height()),
                              Qt::AlignRight | Qt::AlignVCenter, methodBadge(method));
            rect.setLeft(rect.left() + 46);
        }
        painter->setFont(option.font);
        painter->setPen(theme.text);
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
        painter->setPen(theme.secondary);
        const int used = option.fontMetrics.horizontalAdvance(index.data().toString()) + 16;
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data(DetailRole).toString(),
                                                        Qt::ElideLeft, rect.width() - used));
        painter->restore();
    }
};

} // namespace

int fuzzyScore(QStringView pattern, QStringView text)
{
    int score = 1;
    qsizetype at = 0;
    bool adjacent = false;
    for (const QChar wanted : pattern) {
        if (wanted.isSpace()) {
            adjacent = false;
            continue;
        }
        const qsizetype found = text.indexOf(wanted, at, Qt::CaseInsensitive);
        if (found < 0)
            return 0;
        const bool wordStart = found == 0 || !text[found - 1].isLetterOrNumber();
        score += found == at && adjacent ? 8 : wordStart ? 6 : 1;
        adjacent = true;
        at = found + 1;
    }
    // Of equally good ones the shorter is the closer.
    return score * 64 - int(qMin<qsizetype>(text.size(), 63));
}

CommandPalette::CommandPalette(QWidget *parent)
    : QFrame(parent, Qt::Popup), m_input(new QLineEdit(this)), m_list(new QListView(this)),
      m_model(new QStandardItemModel(this))
{
    m_input->setPlaceholderText(tr("Search requests, or > for commands"));
    m_input->setAccessibleName(tr("Search or run a command"));
    m_input->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new EntryDelegate(this));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("Matches"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 9, 1, 9);
    layout->setSpacing(8);
    auto *inputRow = new QVBoxLayout;
    inputRow->setContentsMargins(8, 0, 8, 0);
    inputRow->addWidget(m_input);
    layout->addLayout(inputRow);
    layout->addWidget(m_list);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::open(std::vector<PaletteEntry> requests, std::vector<PaletteEntry> commands)
{
    m_requests = std::move(requests);
    m_commands = std::move(commands);
    m_input->clear();
    filter({});
    const QWidget *window = parentWidget()->window();
    const int width = qMin(Width, window->width() - 32);
    resize(width, Rows * RowHeight + 54);
    move(window->mapToGlobal(QPoint((window->width() - width) / 2, 44)));
    show();
    m_input->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::filter(const QString &text)
{
    const bool onlyCommands = text.startsWith(u'>');
    const QString pattern = (onlyCommands ? text.sliced(1) : text).trimmed();
    std::vector<std::pair<int, const PaletteEntry *>> matches;
    const auto collect = [&](const std::vector<PaletteEntry> &entries) {
        for (const PaletteEntry &entry : entries) {
            if (const int score = fuzzyScore(pattern, entry.text); score != 0)
                matches.emplace_back(pattern.isEmpty() ? 0 : score, &entry);
        }
    };
    if (!onlyCommands)
        collect(m_requests);
    collect(m_commands);
    std::ranges::stable_sort(matches, std::greater(),
                             [](const auto &match) { return match.first; });
    m_model->clear();
    m_shown.clear();
    for (const auto &[score, entry] : matches) {
        if (m_shown.size() == MaxShown)
            break;
        auto item = std::make_unique<QStandardItem>(entry->text);
        item->setData(entry->detail, DetailRole);
        item->setData(entry->method, MethodRole);
        m_model->appendRow(item.release());
        m_shown.push_back(entry);
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
}

void CommandPalette::runCurrent()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return;
    const auto run = m_shown[std::size_t(index.row())]->run;
    close();
    run();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_input && event->type() == QEvent::KeyPress) {
        auto *key = dynamic_cast<QKeyEvent *>(event);
        switch (key ? key->key() : 0) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QApplication::sendEvent(m_list, event);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            runCurrent();
            return true;
        case Qt::Key_Escape:
            close();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.raised);
    painter.setPen(theme.line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace Sluice
