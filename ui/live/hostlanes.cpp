// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/hostlanes.h"

#include <QVBoxLayout>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Sluice {

HostLanes::HostLanes(QWidget *parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Hosts"));
    auto *content = new QWidget(this);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    auto *heading = new HostHeading(content);
    m_layout->addWidget(heading);
    connect(heading, &HostHeading::longestWaitFirstToggled, this,
            [this](bool first) { m_longestWaitFirst = first; });
    m_layout->addStretch();
    setWidget(content);
}

HostRow *HostLanes::addRow()
{
    auto *row = new HostRow(widget());
    row->setFollowsDrag(m_followsDrag);
    m_layout->insertWidget(m_layout->count() - 1, row);
    connect(row, &HostRow::selected, this, [this, row] { emit hostSelected(row->endpoint()); });
    connect(row, &HostRow::limitChosen, this,
            [this, row](int limit) { emit hostLimitChosen(row->endpoint(), limit); });
    connect(row, &HostRow::holdEndRequested, this,
            [this, row] { emit holdEndRequested(row->host().admission.id); });
    m_rows.push_back(row);
    return row;
}

void HostLanes::showSnapshot(const LiveSnapshot &snapshot)
{
    int fullScale = 1;
    for (const LiveHost &host : snapshot.hosts)
        fullScale = std::max({fullScale, host.admission.limit, host.peakInFlight});
    const std::vector<const LiveHost *> hosts = inOrder(snapshot);
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        HostRow *row = i < m_rows.size() ? m_rows[i] : addRow();
        row->showHost(*hosts[i], snapshot, fullScale);
        row->setSelected(row->endpoint() == m_selected);
        row->setVisible(true);
    }
    for (std::size_t i = hosts.size(); i < m_rows.size(); ++i)
        m_rows[i]->hide();
}

std::vector<const LiveHost *> HostLanes::inOrder(const LiveSnapshot &snapshot)
{
    std::vector<const LiveHost *> hosts;
    for (const LiveHost &host : snapshot.hosts)
        hosts.push_back(&host);
    const bool isHeld = std::ranges::any_of(
        m_rows, [](const HostRow *row) { return row->hasFocus() || row->isMoving(); });
    if (isHeld) { // Nothing jumps under the hand; new hosts come behind.
        std::ranges::stable_sort(hosts, {}, [this](const LiveHost *host) {
            return std::ranges::find(m_order, host->admission.id) - m_order.begin();
        });
    } else if (m_longestWaitFirst) {
        std::ranges::stable_sort(hosts, {}, [](const LiveHost *host) {
            const qint64 sinceUs = host->admission.oldestEnqueuedUs;
            return sinceUs > 0 ? sinceUs : std::numeric_limits<qint64>::max();
        });
    }
    m_order.clear();
    for (const LiveHost *host : hosts)
        m_order.push_back(host->admission.id);
    return hosts;
}

void HostLanes::setFollowsDrag(bool follows)
{
    m_followsDrag = follows;
    for (HostRow *row : m_rows)
        row->setFollowsDrag(follows);
}

void HostLanes::setSelectedHost(const QString &endpoint)
{
    m_selected = endpoint;
    for (HostRow *row : m_rows)
        row->setSelected(!endpoint.isEmpty() && row->endpoint() == endpoint);
}

} // namespace Sluice
