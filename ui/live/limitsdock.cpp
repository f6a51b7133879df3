// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/limitsdock.h"

#include "ui/live/hostlimitrow.h"
#include "ui/live/limitsmodel.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr double SecondUs = 1e6;

/** A flat button that reads like a link, in every theme. */
class LinkButton final : public QPushButton
{
public:
    LinkButton(const QString &text, QWidget *parent) : QPushButton(text, parent)
    {
        setFlat(true);
        setCursor(Qt::PointingHandCursor);
        colour();
    }

protected:
    void changeEvent(QEvent *event) override
    {
        QPushButton::changeEvent(event);
        if (event->type() == QEvent::PaletteChange)
            colour();
    }

private:
    void colour()
    {
        QPalette colours = palette();
        if (colours.color(QPalette::ButtonText) == colours.color(QPalette::Link))
            return;
        colours.setColor(QPalette::ButtonText, colours.color(QPalette::Link));
        setPalette(colours);
    }
};

} // namespace

LimitsDock::LimitsDock(LimitsModel *limits, QWidget *parent)
    : QDockWidget(tr("Limits"), parent), m_limits(limits)
{
    setObjectName(u"limitsDock"_s);
    auto *area = new QScrollArea(this);
    area->setFocusPolicy(Qt::NoFocus); // What stands in it has the keyboard.
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget(area);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 4, 12, 8);
    layout->setSpacing(0);
    addSpins(layout);
    auto *heading = new QLabel(tr("Hosts"), content);
    heading->setForegroundRole(QPalette::PlaceholderText);
    heading->setContentsMargins(0, 8, 0, 4);
    layout->addWidget(heading);
    m_hostsLayout = new QVBoxLayout;
    m_hostsLayout->setSpacing(0);
    layout->addLayout(m_hostsLayout);
    m_links = new QVBoxLayout;
    m_links->setSpacing(0);
    m_addHost = new LinkButton(tr("+ Add host"), content);
    m_addHost->setObjectName(u"addHostLimit"_s);
    m_links->addWidget(m_addHost, 0, Qt::AlignLeft);
    layout->addLayout(m_links);
    layout->addStretch();
    area->setWidget(content);
    setWidget(area);
    setMinimumWidth(content->minimumSizeHint().width() + 16); // And a scroll bar.
    connect(m_addHost, &QPushButton::clicked, this,
            [this] { addRow()->patternEdit()->setFocus(Qt::OtherFocusReason); });
    connect(m_limits, &LimitsModel::changed, this, &LimitsDock::showLimits);
    connect(m_limits, &LimitsModel::loadedChanged, this,
            [this] { showLimits(m_limits->limits()); });
    showLimits(m_limits->limits());
}

void LimitsDock::addSpins(QVBoxLayout *layout)
{
    addSpin(
        layout, u"total"_s,
        {tr("Total in flight"), tr("unlimited"), 0,
         tr("Requests in flight at once, over all hosts")},
        [](const Limits &l) { return l.total; },
        [](Limits &l, double value) { l.total = int(value); });
    addSpin(
        layout, u"perHost"_s,
        {tr("Per host"), tr("unlimited"), 0, tr("Requests in flight at once to one host and port")},
        [](const Limits &l) { return l.perHost; },
        [](Limits &l, double value) { l.perHost = int(value); });
    addSpin(
        layout, u"streamsPerConnection"_s,
        {tr("Streams per connection"), tr("unlimited"), 0,
         tr("HTTP/2: requests that share one connection before another is opened")},
        [](const Limits &l) { return l.streamsPerConnection; },
        [](Limits &l, double value) { l.streamsPerConnection = int(value); });
    addSpin(
        layout, u"rate"_s,
        {tr("Rate, all hosts"), tr("off"), 1, tr("Requests started a second, over all hosts")},
        [](const Limits &l) { return l.rate.perSecond; },
        [](Limits &l, double value) { l.rate.perSecond = value; });
    addSpin(
        layout, u"ratePerHost"_s,
        {tr("Rate per host"), tr("off"), 1, tr("Requests started a second, to each host")},
        [](const Limits &l) { return l.ratePerHost.perSecond; },
        [](Limits &l, double value) { l.ratePerHost.perSecond = value; });
    addSpin(
        layout, u"queueMax"_s,
        {tr("Queue at most"), tr("unlimited"), 0,
         tr("Requests that may wait; a further one is refused at once")},
        [](const Limits &l) { return l.queueMax; },
        [](Limits &l, double value) { l.queueMax = int(value); });
    addSpin(
        layout, u"idleExpiry"_s,
        {tr("Idle connections stay"),
         {},
         1,
         tr("A connection that was not used for so long is closed; a lowered limit then has fewer "
            "of them"),
         1,
         tr(" s")},
        [](const Limits &l) { return double(l.idleExpiryUs) / SecondUs; },
        [](Limits &l, double value) { l.idleExpiryUs = qRound64(value * SecondUs); });
}

void LimitsDock::addSpin(QVBoxLayout *layout, const QString &name, const LimitSpin::Kind &kind,
                         Getter get, Setter set)
{
    auto *spin = new LimitSpin(kind, this);
    spin->box()->setObjectName(name);
    layout->addWidget(spin);
    connect(spin, &LimitSpin::edited, this, [this, set = std::move(set)](double value) {
        Limits limits = m_limits->limits();
        set(limits, value);
        m_limits->edit(limits);
    });
    m_entries.push_back({spin, std::move(get)});
}

void LimitsDock::setFindLimitAction(QAction *action)
{
    addLink(action, u"findLimit"_s);
}

void LimitsDock::setSaveAction(QAction *action)
{
    addLink(action, u"saveLimits"_s);
}

void LimitsDock::addLink(QAction *action, const QString &name)
{
    QPushButton *link = new LinkButton(action->text(), this);
    link->setObjectName(name);
    link->setEnabled(action->isEnabled());
    m_links->addWidget(link, 0, Qt::AlignLeft);
    connect(link, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, link,
            [link, action] { link->setEnabled(action->isEnabled()); });
}

void LimitsDock::showLimits(const Limits &limits)
{
    for (const Entry &entry : m_entries)
        entry.spin->setValue(entry.get(limits), entry.get(m_limits->loaded()));
    // A line that is still being filled in stays, as the last one.
    HostLimitRow *pending = nullptr;
    if (!m_rows.empty() && m_rows.back()->hostLimit().pattern.isEmpty()) {
        pending = m_rows.back();
        m_rows.pop_back();
    }
    while (m_rows.size() > limits.hosts.size()) {
        m_rows.back()->hide();
        m_rows.back()->deleteLater();
        m_rows.pop_back();
    }
    for (std::size_t i = 0; i < limits.hosts.size(); ++i) {
        HostLimitRow *row = i < m_rows.size() ? m_rows[i] : addRow();
        row->setHostLimit(limits.hosts[i]);
    }
    if (pending) {
        m_hostsLayout->addWidget(pending);
        m_rows.push_back(pending);
    }
}

HostLimitRow *LimitsDock::addRow()
{
    auto *row = new HostLimitRow(this);
    m_hostsLayout->addWidget(row);
    row->show();
    m_rows.push_back(row);
    connect(row, &HostLimitRow::edited, this, &LimitsDock::takeHosts);
    connect(row, &HostLimitRow::removeRequested, this, [this, row] {
        std::erase(m_rows, row);
        row->deleteLater();
        row->hide();
        takeHosts();
    });
    return row;
}

void LimitsDock::takeHosts()
{
    Limits limits = m_limits->limits();
    limits.hosts.clear();
    for (const HostLimitRow *row : m_rows) {
        if (const HostLimit host = row->hostLimit(); !host.pattern.isEmpty())
            limits.hosts.push_back(host);
    }
    m_limits->edit(limits);
}

} // namespace Sluice
