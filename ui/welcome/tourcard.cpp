// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/welcome/tourcard.h"

#include "ui/theme/theme.h"
#include "ui/welcome/firstminute.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int Width = 400;
constexpr int Pointer = 10; ///< How far the card's arrow stands out.
constexpr int Gap = 4;      ///< Between the arrow and what it points at.
constexpr int Margin = 12;  ///< To the window's edge.

QLabel *wrappingLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

TourCard::TourCard(QWidget *window)
    : QFrame(window), m_step(new QLabel(this)), m_title(wrappingLabel(this)),
      m_text(wrappingLabel(this)), m_facts(wrappingLabel(this)),
      m_skip(new QPushButton(tr("Skip"), this)), m_extra(new QPushButton(this)),
      m_goOn(new QPushButton(this))
{
    setObjectName(u"tourCard"_s);
    hide();
    buildLayout();
    applyColors();
    window->installEventFilter(this);
    connect(m_skip, &QPushButton::clicked, this, &TourCard::skipClicked);
    connect(m_extra, &QPushButton::clicked, this, &TourCard::extraClicked);
    connect(m_goOn, &QPushButton::clicked, this, &TourCard::goOnClicked);
}

void TourCard::buildLayout()
{
    m_title->setObjectName(u"tourTitle"_s);
    m_facts->setObjectName(u"tourFacts"_s);
    m_goOn->setObjectName(u"tourGoOn"_s);
    m_extra->setObjectName(u"tourExtra"_s);
    m_skip->setObjectName(u"tourSkip"_s);
    m_goOn->setDefault(true);
    m_goOn->setAutoDefault(true);
    m_skip->setFlat(true);
    QFont bold = scaledFont(font(), 115);
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_facts->setFont(tabularFont(font()));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_step);
    buttons->addStretch(1);
    for (QPushButton *button : {m_skip, m_extra, m_goOn})
        buttons->addWidget(button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Pointer + 16, 14, 16, 14);
    column->setSpacing(8);
    for (QWidget *label : {m_title, m_text, m_facts})
        column->addWidget(label);
    column->addSpacing(4);
    column->addLayout(buttons);
    setFixedWidth(Width);
}

void TourCard::applyColors()
{
    const Theme &theme = Theme::of(palette());
    tintText(m_step, theme.secondary);
    tintText(m_facts, theme.secondary);
}

void TourCard::showPage(const TourPage &page)
{
    const bool isNew = isHidden() || page.number != m_number;
    const bool changesTitle = m_title->text() != page.title;
    m_number = page.number;
    m_title->setText(page.title);
    m_text->setText(page.text);
    m_facts->setText(page.facts);
    m_facts->setVisible(!page.facts.isEmpty());
    m_text->setVisible(!page.text.isEmpty());
    m_step->setText(page.number == 0 ? QString()
                                     : tr("%1 of %2").arg(page.number).arg(FirstMinute::Steps));
    m_extra->setText(page.extra);
    m_extra->setVisible(!page.extra.isEmpty());
    m_skip->setText(page.number == 0                    ? tr("Not now")
                    : page.number == FirstMinute::Steps ? tr("Close")
                                                        : tr("Skip"));
    m_goOn->setText(page.action);
    m_goOn->setEnabled(page.canGoOn);
    setAccessibleName(page.title);
    setAccessibleDescription(u"%1 %2"_s.arg(page.text, page.facts).trimmed());
    show();
    raise();
    place();
    if (isNew)
        m_goOn->setFocus(Qt::OtherFocusReason);
    if (changesTitle) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void TourCard::pointAt(QWidget *target)
{
    if (target == m_target)
        return;
    if (m_target)
        m_target->removeEventFilter(this);
    m_target = target;
    if (m_target)
        m_target->installEventFilter(this);
    place();
}

QRect TourCard::targetRect() const
{
    if (!m_target || !m_target->isVisible() || m_target->window() != window())
        return {};
    return {m_target->mapTo(parentWidget(), QPoint(0, 0)), m_target->size()};
}

/** Right of the target where there is room, else left of it; a target that moves moves the arrow.
 */
void TourCard::place()
{
    if (isHidden())
        return;
    layout()->activate();
    resize(Width, heightForWidth(Width));
    const QRect all = parentWidget()->rect();
    const QRect target = targetRect();
    QPoint at((all.width() - width()) / 2, (all.height() - height()) / 3);
    if (target.isValid()) {
        const int right = target.right() + Gap;
        const bool fits = right + width() + Margin <= all.width();
        at.setX(fits ? right : std::max(Margin, target.left() - Gap - width()));
        // The lower end stays where it is while a limit climbs.
        at.setY(all.height() - Margin - height());
        if (target.top() < at.y())
            at.setY(std::max(Margin, target.top() - height() / 2));
    }
    move(at);
    update();
}

bool TourCard::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::Show:
        place();
        break;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

/** Esc stops the run everywhere else. */
bool TourCard::event(QEvent *event)
{
    const auto *key = dynamic_cast<QKeyEvent *>(event);
    if (key && event->type() == QEvent::ShortcutOverride && key->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QFrame::event(event);
}

void TourCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit skipClicked();
    else
        QFrame::keyPressEvent(event);
}

void TourCard::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        applyColors();
}

void TourCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(Pointer + 0.5, 0.5, -0.5, -0.5);
    QPainterPath path;
    path.addRoundedRect(box, 6, 6);
    const QRect target = targetRect();
    if (target.isValid() && target.right() <= x()) {
        const double y = std::clamp(double(target.center().y() - this->y()), 18.0, height() - 18.0);
        QPainterPath arrow;
        arrow.addPolygon(QPolygonF({{box.left() + 1, y - 9}, {1, y}, {box.left() + 1, y + 9}}));
        arrow.closeSubpath();
        path = path.united(arrow);
    }
    painter.setPen(QPen(theme.accent, 1.5));
    painter.setBrush(theme.raised);
    painter.drawPath(path);
}

} // namespace Sluice
