// The few drawings that stand for words. Each is decoration: what it means is said in text beside it or on its button.

import type { ComponentChildren } from 'preact'

function Icon({ children, size = 20 }: { readonly children: ComponentChildren; readonly size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
      {children}
    </svg>
  )
}

export function MarkIcon() {
  return (
    <Icon size={22}>
      <path d="M2.5 5h5v5h5v5h5" class="icon-thick" />
    </Icon>
  )
}

export function SunIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="3.4" />
      <path d="M10 1.8v2.4M10 15.8v2.4M1.8 10h2.4M15.8 10h2.4M4.2 4.2l1.7 1.7M14.1 14.1l1.7 1.7M15.8 4.2l-1.7 1.7M5.9 14.1l-1.7 1.7" />
    </Icon>
  )
}

export function MoonIcon() {
  return (
    <Icon>
      <path d="M16.6 11.9A7 7 0 0 1 8.1 3.4a7 7 0 1 0 8.5 8.5Z" />
    </Icon>
  )
}

export function SystemIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 3a7 7 0 0 1 0 14Z" class="icon-filled" />
    </Icon>
  )
}

export function SignOutIcon() {
  return (
    <Icon>
      <path d="M8 3H4v14h4M9 10h8m-3-3.2L17.2 10 14 13.2" />
    </Icon>
  )
}

export function PersonIcon() {
  return (
    <Icon>
      <circle cx="10" cy="6.5" r="3.2" />
      <path d="M3.8 17c.6-3.4 3.1-5.2 6.2-5.2s5.6 1.8 6.2 5.2" />
    </Icon>
  )
}

export function SettingsIcon() {
  return (
    <Icon>
      <path d="M2.5 6h8m4 0h3M2.5 14h3m4 0h8" />
      <circle cx="12.5" cy="6" r="2" />
      <circle cx="7.5" cy="14" r="2" />
    </Icon>
  )
}

export function MessagesIcon() {
  return (
    <Icon>
      <path d="M2.5 4.5h15v11h-15zM3 5l7 6 7-6" />
    </Icon>
  )
}

export function DocumentIcon() {
  return (
    <Icon>
      <path d="M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15M7.5 10h5M7.5 13h5" />
    </Icon>
  )
}

export function ArrowIcon() {
  return (
    <Icon size={16}>
      <path d="M4 10h12m-4.5-4.5L16 10l-4.5 4.5" />
    </Icon>
  )
}
